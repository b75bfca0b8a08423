package io.spanloom.test;

import io.spanloom.Span;
import io.spanloom.spi.MemorySpan;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ended spans of one trace. Nested by ids, so that a request which the test sent to itself stands below the call.
 *
 * @param traceId 32 hex digits
 * @param spans in order of their ends
 */
public record RecordedTrace(String traceId, List<MemorySpan> spans) {

    private static final Comparator<MemorySpan> BY_START = Comparator.comparingLong(MemorySpan::startEpochNanos);

    public RecordedTrace {
        spans = List.copyOf(spans);
    }

    /** The spans whose parent is not among those that have ended, by start; one, where all went well. */
    public List<MemorySpan> roots() {
        Set<String> ids = spans.stream().map(MemorySpan::spanId).collect(Collectors.toSet());
        return spans.stream()
                .filter(span -> !ids.contains(String.valueOf(span.parentSpanId())))
                .sorted(BY_START)
                .toList();
    }

    /** The spans directly below one, by start. */
    public List<MemorySpan> children(MemorySpan parent) {
        return spans.stream()
                .filter(span -> parent.spanId().equals(span.parentSpanId()))
                .sorted(BY_START)
                .toList();
    }

    /** Whether everything that was started in this process as part of the trace has ended and is here. */
    public boolean isComplete() {
        Set<Span> here = new HashSet<>(spans); // a span counts as ended a moment before it is handed over
        return spans.stream().allMatch(span -> here.contains(span.root()) && here.containsAll(span.children()));
    }

    /** The trace as a tree. */
    @Override
    public String toString() {
        return TraceText.of(this, null);
    }
}
