package io.spanloom.desk.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spanloom.desk.TraceSpan;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything the desk knows of one span, for its panel. */
final class SpanJson {
    private SpanJson() {}

    /** @param document of the span itself, or of the segment it is embedded in */
    static void write(JsonGenerator json, TraceSpan span, @Nullable String document) throws IOException {
        json.writeStringField("id", span.id());
        PageJson.field(json, "parentId", span.parentId());
        json.writeStringField("name", span.name());
        PageJson.field(json, "service", span.service());
        json.writeStringField("kind", span.kind().name().toLowerCase(Locale.ROOT));
        PageJson.field(json, "namespace", span.namespace());
        json.writeNumberField("start", PageJson.micros(span.start()));
        var end = span.end();
        if (end != null) {
            json.writeNumberField("end", PageJson.micros(end));
        }
        json.writeBooleanField("error", span.error());
        json.writeBooleanField("fault", span.fault());
        json.writeBooleanField("throttle", span.throttle());
        PageJson.field(json, "annotations", span.annotations());
        PageJson.field(json, "metadata", span.metadata());
        PageJson.field(json, "http", span.http());
        PageJson.field(json, "details", span.details());
        json.writeArrayFieldStart("exceptions");
        for (TraceSpan.Thrown thrown : span.exceptions()) {
            json.writeStartObject();
            json.writeStringField("type", thrown.type());
            json.writeStringField("message", thrown.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("source", span.source().name().toLowerCase(Locale.ROOT));
        PageJson.field(json, "hints", Lint.of(span));
        PageJson.field(json, "secrets", Secrets.of(span));
        PageJson.field(json, "document", document);
    }
}
