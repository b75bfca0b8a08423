package io.spanloom.otel;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.spanloom.Outcome;
import io.spanloom.test.JsonReader;
import io.spanloom.test.contract.ObservedSpan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an exported span as the collector's X-Ray exporter does. */
final class SpanDataObserver {

    private SpanDataObserver() {}

    static ObservedSpan observed(SpanData span) {
        Attributes attributes = span.getAttributes();
        boolean entersService = span.getKind() == SpanKind.SERVER || span.getKind() == SpanKind.CONSUMER;
        boolean localParent = span.getParentSpanContext().isValid()
                && !span.getParentSpanContext().isRemote();
        ObservedSpan.Builder observed = ObservedSpan.named(span.getName(), span.getTraceId(), span.getSpanId())
                .parent(span.getParentSpanContext().isValid() ? span.getParentSpanId() : null)
                .service(
                        attributes.get(Keys.LOCAL_SERVICE) != null
                                ? attributes.get(Keys.LOCAL_SERVICE)
                                : span.getResource().getAttribute(AttributeKey.stringKey("service.name")))
                .segment(entersService || !localParent)
                .namespace(namespace(span))
                .times(span.getStartEpochNanos() / 1_000, span.getEndEpochNanos() / 1_000)
                .outcome(outcome(span))
                .user(attributes.get(Keys.USER));
        attributes.forEach((key, value) -> attribute(observed, attributes, key.getKey(), value));
        span.getEvents().forEach(event -> event(observed, event));
        return observed.build();
    }

    private static @Nullable String namespace(SpanData span) {
        boolean call = span.getKind() == SpanKind.CLIENT || span.getKind() == SpanKind.PRODUCER;
        return !call ? null : "aws-api".equals(span.getAttributes().get(Keys.RPC_SYSTEM)) ? "aws" : "remote";
    }

    private static Outcome outcome(SpanData span) {
        Long status = span.getAttributes().get(Keys.HTTP_STATUS);
        if (status != null) {
            return Outcome.ofHttpStatus(status.intValue());
        }
        return span.getStatus().getStatusCode() == StatusCode.ERROR ? Outcome.FAULT : Outcome.OK;
    }

    private static void attribute(ObservedSpan.Builder observed, Attributes all, String key, Object value) {
        List<String> annotations = all.get(Keys.ANNOTATIONS);
        if (annotations != null && annotations.contains(key)) {
            observed.annotation(key, value);
        } else if (key.startsWith(Keys.METADATA)) {
            ((Map<?, ?>) requireNonNull(JsonReader.read((String) value)))
                    .forEach((name, each) ->
                            observed.metadataValue(key.substring(Keys.METADATA.length()), (String) name, each));
        } else {
            switch (key) {
                case "http.request.method" -> observed.http("method", value);
                case "url.full" -> observed.http("url", value);
                case "user_agent.original" -> observed.http("user_agent", value);
                case "http.response.status_code" -> observed.http("status", value);
                case "client.address", "network.peer.address" -> observed.http("client_ip", value);
                case "db.system" -> observed.sql("system", value);
                case "db.name" -> observed.sql("database", value);
                case "db.connection_string" -> observed.sql("server", value);
                case "db.user" -> observed.sql("user", value);
                case "db.statement" -> observed.sql("query", value);
                case "aws.xray.annotations", "enduser.id", "rpc.system", "aws.local.service" -> {}
                default -> throw new AssertionError("an attribute that the exporter does not know: " + key);
            }
        }
    }

    private static void event(ObservedSpan.Builder observed, EventData event) {
        if (event.getName().equals("exception")) {
            observed.exception(
                    event.getAttributes().get(Keys.EXCEPTION_TYPE),
                    event.getAttributes().get(Keys.EXCEPTION_MESSAGE));
            for (String line : event.getAttributes().get(Keys.EXCEPTION_STACK).split("\n")) {
                if (line.startsWith("Caused by: ")) {
                    String[] cause = line.substring("Caused by: ".length()).split(": ", 2);
                    observed.exception(cause[0], cause.length == 2 ? cause[1] : "");
                }
            }
        } else if (event.getAttributes().get(Keys.MESSAGE_BYTES) != null) {
            observed.http("content_length", event.getAttributes().get(Keys.MESSAGE_BYTES));
        }
    }
}
