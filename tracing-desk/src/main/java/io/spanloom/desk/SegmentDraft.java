package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One segment or subsegment of an X-Ray document, field by field as they come. A field of an unexpected type counts as
 * absent; unknown fields are passed over.
 */
final class SegmentDraft {
    /** The year 5138: beyond it a number is not meant as epoch seconds (more likely as milliseconds). */
    private static final double MAX_EPOCH_SECONDS = 1e11;

    private final SpanDraft span;
    private final @Nullable SegmentDraft enclosing;
    private @Nullable String id;
    private @Nullable String traceId;
    private @Nullable String parentId;
    private @Nullable String name;
    private boolean typedSubsegment;
    private boolean inProgress;
    private double start = Double.NaN;
    private double end = Double.NaN;

    SegmentDraft(@Nullable SegmentDraft enclosing, TraceSpan.Source source) {
        this.enclosing = enclosing;
        this.span = new SpanDraft(source);
    }

    /** Reads the field whose name is current; of {@code subsegments} only the opening bracket, its elements are the reader's. */
    void readField(JsonParser json) throws IOException {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        switch (field) {
            case "subsegments" -> {
                if (value != JsonToken.START_ARRAY) {
                    json.skipChildren();
                }
            }
            case "id" -> id = text(json);
            case "trace_id" -> traceId = text(json);
            case "parent_id" -> parentId = text(json);
            case "name" -> name = text(json);
            case "type" -> typedSubsegment = "subsegment".equals(text(json));
            case "namespace" -> span.namespace = namespace(text(json));
            case "start_time" -> start = number(json);
            case "end_time" -> end = number(json);
            case "in_progress" -> inProgress = flag(json);
            case "error" -> span.error = flag(json);
            case "fault" -> span.fault = flag(json);
            case "throttle" -> span.throttle = flag(json);
            case "annotations" -> putAnnotations(object(json));
            case "metadata" -> putMetadata(object(json));
            case "http" -> putHttp(object(json));
            case "cause" -> putCause(object(json));
            case "user", "sql", "origin", "resource_arn" -> putDetail(field, JsonValues.read(json));
            case "links" -> {
                if (JsonValues.read(json) instanceof List<?> links && !links.isEmpty()) {
                    span.details.put(TraceSpan.LINKS, links);
                }
            }
            case "aws" -> putAws(object(json));
            default -> json.skipChildren();
        }
    }

    void checkStandsAlone() throws RejectedException {
        checkedTraceId();
        if (typedSubsegment && parentId == null) {
            throw new RejectedException(Rejection.NO_PARENT, quoted(name));
        }
    }

    String checkedTraceId() throws RejectedException {
        String digits = traceId == null ? null : TraceIds.fromXRay(traceId);
        if (digits == null) {
            throw new RejectedException(Rejection.BAD_TRACE_ID, quoted(traceId));
        }
        return digits;
    }

    TraceSpan build() throws RejectedException {
        if (id == null) {
            throw new RejectedException(Rejection.NO_ID, "name " + quoted(name));
        }
        if (name == null || name.isBlank()) {
            throw new RejectedException(Rejection.NO_NAME, "id " + quoted(id));
        }
        boolean segment = enclosing == null && !typedSubsegment;
        span.id = checkedId(id);
        span.parentId = parent();
        span.name = name;
        span.service = segment ? name : null;
        span.kind = segment ? TraceSpan.Kind.SEGMENT : TraceSpan.Kind.SUBSEGMENT;
        span.start = instant(start);
        span.end = inProgress || Double.isNaN(end) ? null : instant(end);
        return span.build();
    }

    /** Embedded subsegments usually leave their parent to the nesting; where both speak (Python SDK) they agree. */
    private @Nullable String parent() throws RejectedException {
        if (enclosing != null && enclosing.id != null) {
            return checkedId(enclosing.id);
        }
        return parentId == null || parentId.isEmpty() ? null : checkedId(parentId);
    }

    private static String checkedId(String id) throws RejectedException {
        String checked = TraceIds.spanId(id);
        if (checked == null) {
            throw new RejectedException(Rejection.BAD_ID, quoted(id));
        }
        return checked;
    }

    /** To the microsecond: a double of today's seconds is good to a quarter of one. */
    private static Instant instant(double seconds) throws RejectedException {
        if (!(seconds >= 0 && seconds <= MAX_EPOCH_SECONDS)) {
            throw new RejectedException(
                    Rejection.BAD_TIME, Double.isNaN(seconds) ? "no start_time" : "time " + seconds);
        }
        // The fraction alone: the seconds would take the digits that rounding needs.
        long whole = (long) seconds;
        return Instant.ofEpochSecond(whole).plus(Math.round((seconds - whole) * 1e6), ChronoUnit.MICROS);
    }

    /** The Python SDK writes {@code local} where others write nothing. */
    private static @Nullable String namespace(@Nullable String text) {
        return text == null || text.isEmpty() || text.equals("local") ? null : text;
    }

    private void putAnnotations(Map<String, @Nullable Object> values) {
        values.forEach((key, value) -> {
            if (value != null) {
                span.annotations.put(key, value);
            }
        });
    }

    private void putMetadata(Map<String, @Nullable Object> namespaces) {
        namespaces.forEach((namespace, values) -> {
            if (values instanceof Map) {
                JsonValues.asObject(values).forEach((key, value) -> span.putMetadata(namespace, key, value));
            } else {
                // Not the documented shape, yet the service keeps it; shown rather than lost.
                span.putMetadata("default", namespace, values);
            }
        });
    }

    private void putHttp(Map<String, @Nullable Object> http) {
        for (String side : List.of("request", "response")) {
            Map<String, Object> fields = withoutNulls(JsonValues.asObject(http.get(side)));
            if (!fields.isEmpty()) {
                span.http.put(side, fields);
            }
        }
    }

    /** A cause that is a string points to an exception which a child describes; then the child shows it. */
    private void putCause(Map<String, @Nullable Object> cause) {
        if (cause.get("exceptions") instanceof List<?> exceptions) {
            for (Object exception : exceptions) {
                Map<String, @Nullable Object> fields = JsonValues.asObject(exception);
                span.exceptions.add(new TraceSpan.Thrown(
                        JsonValues.asText(fields.get("type")),
                        JsonValues.asText(fields.get("message")),
                        stack(fields.get("stack")),
                        fields.get("truncated") instanceof Long more && keepsStacks() ? more.intValue() : 0));
            }
        }
    }

    /** A document that was sent is kept, and its stacks in it; one that the desk wrote itself is not. */
    private boolean keepsStacks() {
        return span.source == TraceSpan.Source.OTLP;
    }

    private List<TraceSpan.Frame> stack(@Nullable Object frames) {
        List<TraceSpan.Frame> stack = new ArrayList<>();
        if (keepsStacks() && frames instanceof List<?> steps) {
            for (Object step : steps) {
                Map<String, @Nullable Object> fields = JsonValues.asObject(step);
                int line = fields.get("line") instanceof Long number ? number.intValue() : 0;
                stack.add(new TraceSpan.Frame(
                        JsonValues.asText(fields.get("label")), JsonValues.asText(fields.get("path")), line));
            }
        }
        return stack;
    }

    private void putAws(Map<String, @Nullable Object> aws) {
        Map<String, Object> fields = withoutNulls(aws);
        // Which SDK wrote the document is about the writer, not about the call.
        fields.remove("xray");
        putDetail("aws", fields);
    }

    private void putDetail(String key, @Nullable Object value) {
        boolean empty = value == null || value.equals("") || (value instanceof Map<?, ?> map && map.isEmpty());
        if (!empty) {
            span.details.put(key, value);
        }
    }

    private static Map<String, Object> withoutNulls(Map<String, @Nullable Object> fields) {
        Map<String, Object> present = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (value != null) {
                present.put(key, value);
            }
        });
        return present;
    }

    private static Map<String, @Nullable Object> object(JsonParser json) throws IOException {
        return JsonValues.asObject(JsonValues.read(json));
    }

    private static @Nullable String text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }

    private static double number(JsonParser json) throws IOException {
        if (json.currentToken().isNumeric()) {
            return json.getDoubleValue();
        }
        json.skipChildren();
        return Double.NaN;
    }

    private static boolean flag(JsonParser json) throws IOException {
        boolean value = json.currentToken() == JsonToken.VALUE_TRUE;
        json.skipChildren();
        return value;
    }

    private static String quoted(@Nullable String value) {
        return value == null ? "(none)" : '"' + Text.abbreviated(value, 60) + '"';
    }
}
