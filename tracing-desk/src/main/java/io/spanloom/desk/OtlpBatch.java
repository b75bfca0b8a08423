package io.spanloom.desk;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one export request.
 *
 * @param documents those that can be kept, one document for each span
 * @param withoutId how many had an empty id: the collector takes them, a desk that shows trees cannot
 */
record OtlpBatch(List<Received> documents, int withoutId) {
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    /** One body is decoded at a time, wherever it comes from: decoded, even small ones are many times as large. */
    private static final ReentrantLock DECODING = new ReentrantLock();

    /** Reads a body as {@link #read(ExportTraceServiceRequest)} does. */
    static OtlpBatch read(byte[] body, OtlpFormat format) throws RejectedException {
        DECODING.lock();
        try {
            return read(format.decode(body));
        } finally {
            DECODING.unlock();
        }
    }

    /** Refuses the whole request, as the collector does, if an id is neither empty nor of its proper length. */
    static OtlpBatch read(ExportTraceServiceRequest request) throws RejectedException {
        List<Received> documents = new ArrayList<>();
        int withoutId = 0;
        for (ResourceSpans resource : request.getResourceSpansList()) {
            String service = serviceName(resource.getResource());
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    checkLengths(span);
                    if (OtlpSpanReader.isEmpty(span.getTraceId()) || OtlpSpanReader.isEmpty(span.getSpanId())) {
                        withoutId++;
                    } else {
                        documents.add(new Received(
                                OtlpSpanReader.hex(span.getTraceId()), List.of(OtlpSpanReader.read(span, service))));
                    }
                }
            }
        }
        return new OtlpBatch(documents, withoutId);
    }

    private static @Nullable String serviceName(Resource resource) {
        Object name = OtlpValues.attributes(resource.getAttributesList()).get("service.name");
        return name instanceof String text && !text.isEmpty() ? text : null;
    }

    private static void checkLengths(Span span) throws RejectedException {
        checkLength("trace_id", span.getTraceId(), TRACE_ID_BYTES);
        checkLength("span_id", span.getSpanId(), SPAN_ID_BYTES);
        checkLength("parent_span_id", span.getParentSpanId(), SPAN_ID_BYTES);
        for (Span.Link link : span.getLinksList()) {
            checkLength("trace_id of a link", link.getTraceId(), TRACE_ID_BYTES);
            checkLength("span_id of a link", link.getSpanId(), SPAN_ID_BYTES);
        }
    }

    private static void checkLength(String field, ByteString id, int length) throws RejectedException {
        if (!id.isEmpty() && id.size() != length) {
            throw new RejectedException(Rejection.BAD_OTLP, field + " of " + id.size() + " bytes instead of " + length);
        }
    }
}
