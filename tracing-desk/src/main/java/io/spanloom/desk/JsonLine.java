package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One trace as one line of JSON. A contract with other programs: every field is always there, in this order, times are epoch
 * seconds with six decimals, keys of annotations and metadata are sorted, and ids and times apart the line is the same
 * whichever protocol the trace came by.
 */
final class JsonLine {
    private JsonLine() {}

    static String of(Trace trace) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JsonValues.FACTORY.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("traceId", trace.traceId());
            json.writeArrayFieldStart("spans");
            for (TraceSpan span : trace.spans()) {
                writeSpan(json, span);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void writeSpan(JsonGenerator json, TraceSpan span) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", span.id());
        writeField(json, "parentId", span.parentId());
        json.writeStringField("name", span.name());
        writeField(json, "service", span.service());
        json.writeStringField("kind", span.kind().name().toLowerCase(Locale.ROOT));
        writeField(json, "namespace", span.namespace());
        writeField(json, "start", seconds(span.start()));
        writeField(json, "end", span.end() == null ? null : seconds(span.end()));
        writeField(json, "annotations", span.annotations());
        writeField(json, "metadata", span.metadata());
        writeField(json, "http", span.http());
        json.writeBooleanField("ok", span.ok());
        json.writeBooleanField("error", span.error());
        json.writeBooleanField("fault", span.fault());
        json.writeBooleanField("throttle", span.throttle());
        json.writeArrayFieldStart("exceptions");
        for (TraceSpan.Thrown thrown : span.exceptions()) {
            json.writeStartObject();
            json.writeStringField("type", thrown.type());
            json.writeStringField("message", thrown.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("source", span.source().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    static BigDecimal seconds(Instant time) {
        long micros = Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
        return new BigDecimal(BigInteger.valueOf(micros), 6);
    }

    static void writeField(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        json.writeFieldName(name);
        writeValue(json, value);
    }

    /** The value as compact JSON, for people. */
    static String ofValue(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonValues.FACTORY.createGenerator(text)) {
            writeValue(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Recursive: values are no deeper than {@link JsonValues#MAX_DEPTH}. */
    static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                writeField(json, String.valueOf(entry.getKey()), entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                writeValue(json, item);
            }
            json.writeEndArray();
        } else {
            writeScalar(json, value);
        }
    }

    private static void writeScalar(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else {
            json.writeString(value.toString());
        }
    }
}
