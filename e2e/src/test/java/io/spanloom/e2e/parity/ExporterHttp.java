package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;

/** The exporter's {@code http} block. */
final class ExporterHttp {

    private ExporterHttp() {}

    static void write(ObjectNode document, Span span, Map<String, AnyValue> left) {
        AnyValue method = left.remove("http.request.method");
        AnyValue url = left.remove("url.full");
        AnyValue agent = left.remove("user_agent.original");
        AnyValue status = left.remove("http.response.status_code");
        AnyValue client = left.remove("client.address");
        AnyValue peer = left.remove("network.peer.address");
        if (method == null && url == null && agent == null && status == null) {
            return;
        }
        boolean hasPeer = peer != null && GoIp.isAddress(peer.getStringValue());
        boolean hasClient = client != null && GoIp.isAddress(client.getStringValue());
        ObjectNode http = document.putObject("http");
        ObjectNode request = http.putObject("request");
        put(request, "method", method);
        if (url != null) {
            put(request, "url", url);
        } else if (hasPeer) {
            throw new IllegalStateException("without url.full the exporter would make up a URL");
        }
        put(request, "user_agent", agent);
        if (hasClient || hasPeer) {
            put(request, "client_ip", hasClient ? client : peer);
            if (!hasPeer) {
                request.put("x_forwarded_for", true);
            }
        }
        ObjectNode response = http.putObject("response");
        if (status != null) {
            response.put("status", status.getIntValue());
        }
        response.put("content_length", length(span));
    }

    private static void put(ObjectNode node, String key, AnyValue value) {
        if (value != null && !value.getStringValue().isEmpty()) {
            node.put(key, value.getStringValue());
        }
    }

    private static long length(Span span) {
        for (Span.Event event : span.getEventsList()) {
            long size = length(event.getAttributesList());
            if (size != 0) {
                return size;
            }
        }
        return 0;
    }

    private static long length(List<KeyValue> attributes) {
        boolean received = attributes.stream()
                .anyMatch(each -> each.getKey().equals("message.type")
                        && each.getValue().getStringValue().equals("RECEIVED"));
        return !received
                ? 0
                : attributes.stream()
                        .filter(each -> each.getKey().equals("messaging.message_payload_size_bytes"))
                        .findFirst()
                        .map(each -> each.getValue().getIntValue())
                        .orElse(0L);
    }
}
