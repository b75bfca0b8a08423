package io.spanloom.desk;

import java.util.List;

/**
 * A trace as far as its documents have arrived.
 *
 * <pre>{@code
 * try (TraceDesk desk = TraceDesk.start()) {
 *   ...
 *   Trace trace = desk.awaitTraces(1, Duration.ofSeconds(5)).get(0);
 *   assertThat(trace.spans()).extracting(TraceSpan::name).containsExactly("GET /home", "query");
 * }
 * }</pre>
 *
 * <p>Immutable: documents that arrive later make a new one.
 *
 * @param traceId 32 lower-case hex digits, see {@link #xrayId()}
 * @param spans depth first from the roots, children of one parent by their start; never empty
 * @param complete a span without parent has arrived, and its end too
 */
public record Trace(String traceId, List<TraceSpan> spans, boolean complete) {

    public Trace {
        spans = List.copyOf(spans);
    }

    /** The same id in X-Ray's punctuation: {@code 1-} 8 hex {@code -} 24 hex. */
    public String xrayId() {
        return TraceIds.toXRay(traceId);
    }
}
