package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a span as a segment document (X-Ray developer guide, "Segment documents"): for spans that came by OTLP and are
 * asked for in X-Ray's form. What the desk reads from the document is the span again.
 */
final class SegmentWriter {
    private SegmentWriter() {}

    static String write(String traceId, TraceSpan span) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonValues.FACTORY.createGenerator(text)) {
            JsonLine.writeValue(json, fields(traceId, span));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Map<String, Object> fields(String traceId, TraceSpan span) {
        Map<String, Object> fields = new LinkedHashMap<>();
        String service = span.service();
        boolean segment = span.kind() == TraceSpan.Kind.SEGMENT;
        // A segment carries its service's name; what it was about goes where Spanloom's own documents have it.
        boolean operation = segment && service != null && !service.equals(span.name());
        fields.put("id", span.id());
        fields.put("trace_id", TraceIds.toXRay(traceId));
        put(fields, "parent_id", span.parentId());
        put(fields, "type", segment ? null : "subsegment");
        fields.put("name", operation ? service : span.name());
        put(fields, "namespace", span.namespace());
        fields.put("start_time", JsonLine.seconds(span.start()));
        Instant end = span.end();
        fields.put(end == null ? "in_progress" : "end_time", end == null ? true : JsonLine.seconds(end));
        putFlag(fields, "error", span.error());
        putFlag(fields, "throttle", span.throttle());
        putFlag(fields, "fault", span.fault());
        putMap(fields, "http", span.http());
        putMap(fields, "annotations", span.annotations());
        putMap(fields, "metadata", operation ? withOperation(span) : span.metadata());
        putCause(fields, span);
        fields.putAll(span.details());
        return fields;
    }

    private static Map<String, Object> withOperation(TraceSpan span) {
        Map<String, Object> metadata = new LinkedHashMap<>(span.metadata());
        Map<String, @Nullable Object> notes = new LinkedHashMap<>();
        notes.put("operation", span.name());
        notes.putAll(span.metadata().getOrDefault("spanloom", Map.of()));
        metadata.put("spanloom", notes);
        return metadata;
    }

    private static void putCause(Map<String, Object> fields, TraceSpan span) {
        if (!span.exceptions().isEmpty()) {
            fields.put("cause", Map.of("exceptions", exceptions(span)));
        }
    }

    private static List<Map<String, Object>> exceptions(TraceSpan span) {
        List<Map<String, Object>> exceptions = new ArrayList<>();
        for (TraceSpan.Thrown thrown : span.exceptions()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            // Ids tell exceptions of a document apart; that of the span, counted on, does.
            fields.put("id", String.format("%016x", Long.parseUnsignedLong(span.id(), 16) + exceptions.size() + 1));
            fields.put("type", thrown.type());
            fields.put("message", thrown.message());
            if (!thrown.stack().isEmpty()) {
                fields.put(
                        "stack",
                        thrown.stack().stream().map(SegmentWriter::frame).toList());
            }
            if (thrown.truncated() > 0) {
                fields.put("truncated", thrown.truncated());
            }
            exceptions.add(fields);
        }
        return exceptions;
    }

    private static Map<String, Object> frame(TraceSpan.Frame frame) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "path", frame.path().isEmpty() ? null : frame.path());
        put(fields, "line", frame.line() == 0 ? null : frame.line());
        fields.put("label", frame.label());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static void putFlag(Map<String, Object> fields, String name, boolean value) {
        if (value) {
            fields.put(name, true);
        }
    }

    private static void putMap(Map<String, Object> fields, String name, Map<String, ?> value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }
}
