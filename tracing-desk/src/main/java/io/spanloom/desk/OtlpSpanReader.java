package io.spanloom.desk;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One OTLP span as the X-Ray document that {@code awsxrayexporter} (0.156) would make of it, so that both protocols show
 * the same. Where the desk keeps more than the exporter does, {@code RATIONALE.md} says so.
 */
final class OtlpSpanReader {
    private static final String ANNOTATIONS = "aws.xray.annotations";
    private static final String METADATA = "aws.xray.metadata.";
    private static final String IN_PROGRESS = "aws.xray.inprogress";

    private final Span span;
    private final Map<String, @Nullable Object> attributes;
    private final SpanDraft draft = new SpanDraft(TraceSpan.Source.OTLP);

    private OtlpSpanReader(Span span) {
        this.span = span;
        this.attributes = OtlpValues.attributes(span.getAttributesList());
    }

    /** The span's ids must have been checked. */
    static TraceSpan read(Span span, @Nullable String service) {
        return new OtlpSpanReader(span).read(service);
    }

    private TraceSpan read(@Nullable String service) {
        draft.id = hex(span.getSpanId());
        draft.parentId = isEmpty(span.getParentSpanId()) ? null : hex(span.getParentSpanId());
        draft.name = span.getName();
        draft.service = service;
        draft.kind = kind();
        draft.namespace = namespace();
        draft.start = instant(span.getStartTimeUnixNano());
        boolean inProgress = Boolean.TRUE.equals(attributes.remove(IN_PROGRESS)) || span.getEndTimeUnixNano() == 0;
        draft.end = inProgress ? null : instant(span.getEndTimeUnixNano());
        OtlpHttp.move(attributes, draft);
        readResponseLength();
        OtlpDetails.move(attributes, draft, span.getName());
        OtlpLinks.read(span.getLinksList(), draft);
        readExceptions();
        readOutcome();
        readAttributes();
        return draft.build();
    }

    private TraceSpan.Kind kind() {
        boolean serves =
                span.getKind() == Span.SpanKind.SPAN_KIND_SERVER || span.getKind() == Span.SpanKind.SPAN_KIND_CONSUMER;
        return serves || draft.parentId == null ? TraceSpan.Kind.SEGMENT : TraceSpan.Kind.SUBSEGMENT;
    }

    private @Nullable String namespace() {
        boolean calls =
                span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT || span.getKind() == Span.SpanKind.SPAN_KIND_PRODUCER;
        if (!calls) {
            return null;
        }
        return "aws-api".equals(attributes.get("rpc.system")) ? "aws" : "remote";
    }

    /** The response's size comes by the old message conventions, on the span or in an event: all that the exporter reads. */
    private void readResponseLength() {
        Map<String, Object> response = draft.http.get("response");
        if (response == null) {
            return;
        }
        List<Map<String, @Nullable Object>> places = new ArrayList<>();
        places.add(attributes);
        span.getEventsList().forEach(event -> places.add(OtlpValues.attributes(event.getAttributesList())));
        for (Map<String, @Nullable Object> fields : places) {
            if ("RECEIVED".equals(fields.get("message.type"))
                    && fields.get("messaging.message_payload_size_bytes") instanceof Long length) {
                response.put("content_length", length);
                return;
            }
        }
    }

    private void readExceptions() {
        StackText stacks = new StackText();
        for (Span.Event event : span.getEventsList()) {
            if (event.getName().equals("exception")) {
                Map<String, @Nullable Object> fields = OtlpValues.attributes(event.getAttributesList());
                stacks.add(
                        JsonValues.asText(fields.get("exception.type")),
                        JsonValues.asText(fields.get("exception.message")),
                        JsonValues.asText(fields.get("exception.stacktrace")));
            }
        }
        draft.exceptions.addAll(stacks.all());
    }

    /** The HTTP status decides whatever the span's status says; without one that is a failure, the span's status does. */
    private void readOutcome() {
        long status = status();
        boolean failed = span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
        draft.error = status >= 400 && status < 500;
        draft.throttle = status == 429;
        draft.fault = (status >= 500 && status < 600) || (failed && !draft.error);
        String description = span.getStatus().getMessage();
        if (failed && draft.exceptions.isEmpty() && !description.isEmpty()) {
            draft.exceptions.add(new TraceSpan.Thrown("", description));
        }
    }

    private long status() {
        Map<String, Object> response = draft.http.getOrDefault("response", Map.of());
        return response.get("status") instanceof Long status ? status : 0;
    }

    /** What is still here is annotation if listed as one, else metadata. */
    private void readAttributes() {
        Set<Object> indexed = attributes.remove(ANNOTATIONS) instanceof List<?> keys ? new HashSet<>(keys) : Set.of();
        attributes.forEach((key, value) -> {
            if (indexed.contains(key) && isScalar(value)) {
                draft.annotations.put(annotationKey(key), value);
            } else if (key.startsWith(METADATA) && value instanceof String text) {
                readNamespace(key, text);
            } else {
                draft.putMetadata("default", key, value);
            }
        });
    }

    private void readNamespace(String key, String json) {
        Map<String, @Nullable Object> values = OtlpValues.jsonObject(json);
        if (values == null) {
            draft.putMetadata("default", key, json);
        } else {
            values.forEach((name, value) -> draft.putMetadata(key.substring(METADATA.length()), name, value));
        }
    }

    private static boolean isScalar(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static String annotationKey(String key) {
        return key.replaceAll("[^A-Za-z0-9_.]", "_");
    }

    /** Nanoseconds are unsigned on the wire; rounded to the microsecond like X-Ray's doubles. */
    private static Instant instant(long nanos) {
        long micros = Long.divideUnsigned(nanos, 1_000);
        long rounded = Long.remainderUnsigned(nanos, 1_000) >= 500 ? micros + 1 : micros;
        return Instant.EPOCH.plus(rounded, ChronoUnit.MICROS);
    }

    /** Absent, or all zeros, which OTLP takes for absent. */
    static boolean isEmpty(ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return false;
            }
        }
        return true;
    }

    static String hex(ByteString id) {
        StringBuilder hex = new StringBuilder(2 * id.size());
        for (int i = 0; i < id.size(); i++) {
            hex.append(Character.forDigit(id.byteAt(i) >> 4 & 0xf, 16))
                    .append(Character.forDigit(id.byteAt(i) & 0xf, 16));
        }
        return hex.toString();
    }
}
