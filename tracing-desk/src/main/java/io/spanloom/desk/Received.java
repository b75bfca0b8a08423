package io.spanloom.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document, whichever way it came: an X-Ray document with the subsegments embedded in it, or one OTLP span.
 *
 * @param traceId 32 lower-case hex digits
 * @param spans never empty; each parent before its children
 * @param document as it was sent; null for OTLP, whose documents are written when somebody asks for them
 */
record Received(
        String traceId, List<TraceSpan> spans, @Nullable String document) {

    Received(String traceId, List<TraceSpan> spans) {
        this(traceId, spans, null);
    }

    /** The span the document is about; the others are embedded in it. */
    TraceSpan head() {
        return spans.get(0);
    }
}
