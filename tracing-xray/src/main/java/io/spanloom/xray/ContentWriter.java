package io.spanloom.xray;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spanloom.Http;
import io.spanloom.Sql;
import io.spanloom.spi.Ids;
import io.spanloom.spi.ThrownException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what was recorded on a span: exceptions, request and response, statement, annotations. */
final class ContentWriter {

    private final JsonGenerator json;

    ContentWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(XRaySpan span, @Nullable Content content, DocumentWriter.Form form) throws IOException {
        if (content != null) {
            SdkContent sdk = content.peekSdk();
            List<ExceptionChain> exceptions = content.exceptions();
            boolean onlyFirst = form == DocumentWriter.Form.WITHOUT_EXCEPTIONS && !exceptions.isEmpty();
            boolean stacks = form.compareTo(DocumentWriter.Form.WITHOUT_STACKS) < 0;
            exceptions(
                    onlyFirst ? exceptions.subList(0, 1) : exceptions,
                    DocumentWriter.isCall(span.description()),
                    stacks);
            http(content.request(), content.response(), sdk);
            sql(content.sql(), sdk);
            links(content.links());
        }
        annotations(span.annotations());
    }

    private void exceptions(List<ExceptionChain> chains, boolean remote, boolean stacks) throws IOException {
        if (chains.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("cause");
        json.writeArrayFieldStart("exceptions");
        for (ExceptionChain chain : chains) {
            List<ThrownException> exceptions = chain.exceptions();
            for (int i = 0; i < exceptions.size(); i++) {
                boolean caused = i + 1 < exceptions.size();
                String message = exceptions.get(i).message();
                // The exporter reads causes from lines of text, so theirs have no line breaks.
                String shown = i == 0 ? message : message.replace('\r', ' ').replace('\n', ' ');
                exception(exceptions.get(i), shown, chain.id() + i, caused, remote, stacks);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void exception(
            ThrownException thrown, String message, long id, boolean caused, boolean remote, boolean stacks)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", Ids.spanId(id));
        json.writeStringField("message", message);
        json.writeStringField("type", thrown.type());
        json.writeBooleanField("remote", remote);
        List<StackTraceElement> frames = stacks ? thrown.frames() : List.of();
        if (!frames.isEmpty()) {
            json.writeArrayFieldStart("stack");
            for (StackTraceElement frame : frames) {
                frame(frame);
            }
            json.writeEndArray();
        }
        json.writeNumberField(
                "truncated", thrown.truncated() + (stacks ? 0 : thrown.frames().size()));
        json.writeNumberField("skipped", 0);
        if (caused) {
            json.writeStringField("cause", Ids.spanId(id + 1));
        }
        json.writeEndObject();
    }

    /** Unknown files and lines are as in the text that the OpenTelemetry backend sends. */
    private void frame(StackTraceElement frame) throws IOException {
        String file = frame.getFileName();
        json.writeStartObject();
        json.writeStringField("path", file == null ? "Unknown" : file);
        json.writeNumberField("line", Math.max(0, frame.getLineNumber()));
        json.writeStringField("label", frame.getClassName() + "." + frame.getMethodName());
        json.writeEndObject();
    }

    private void http(Http.@Nullable Request request, Http.@Nullable Response response, @Nullable SdkContent sdk)
            throws IOException {
        Map<String, Object> given = sdk == null ? Map.of() : sdk.http;
        if (request == null && response == null && given.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("http");
        if (request != null) {
            request(request);
        }
        if (response != null) {
            json.writeObjectFieldStart("response");
            json.writeNumberField("status", response.status());
            json.writeNumberField("content_length", response.contentLength());
            json.writeEndObject();
        }
        for (Map.Entry<String, Object> entry : given.entrySet()) {
            boolean said = request != null && entry.getKey().equals("request")
                    || response != null && entry.getKey().equals("response");
            if (!said) {
                json.writeFieldName(entry.getKey());
                JsonValues.write(json, entry.getValue());
            }
        }
        json.writeEndObject();
    }

    private void request(Http.Request request) throws IOException {
        json.writeObjectFieldStart("request");
        writeIfKnown("method", request.method());
        writeIfKnown("url", request.url());
        writeIfKnown("user_agent", request.userAgent());
        String client = request.clientIp();
        if (client != null && IpAddress.is(client)) { // a header may claim anything; the exporter drops it, too
            json.writeStringField("client_ip", client);
            if (request.forwarded()) {
                json.writeBooleanField("x_forwarded_for", true);
            }
        }
        json.writeEndObject();
    }

    private void sql(@Nullable Sql sql, @Nullable SdkContent sdk) throws IOException {
        if (sql != null) {
            json.writeObjectFieldStart("sql");
            writeIfKnown("url", DocumentWriter.databaseUrl(sql));
            json.writeStringField("connection_string", DocumentWriter.connectionString(sql));
            json.writeStringField("database_type", sql.system());
            writeIfKnown("user", sql.user());
            writeIfKnown("sanitized_query", sql.query());
            json.writeEndObject();
        } else if (sdk != null && !sdk.sql.isEmpty()) {
            json.writeFieldName("sql");
            JsonValues.write(json, sdk.sql);
        }
    }

    private void writeIfKnown(String key, @Nullable String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            json.writeStringField(key, value);
        }
    }

    private void links(List<SpanLink> links) throws IOException {
        if (links.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("links");
        for (SpanLink link : links) {
            json.writeStartObject();
            json.writeStringField("trace_id", Ids.toXRay(link.traceId()));
            json.writeStringField("id", link.spanId());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void annotations(Map<String, Object> all) throws IOException {
        if (all.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("annotations");
        for (Map.Entry<String, Object> each : all.entrySet()) {
            json.writeFieldName(each.getKey());
            JsonValues.write(json, each.getValue());
        }
        json.writeEndObject();
    }
}
