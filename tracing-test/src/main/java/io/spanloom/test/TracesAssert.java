package io.spanloom.test;

import io.spanloom.spi.MemorySpan;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about everything that a test traced; see {@link TraceAssertions}. */
public final class TracesAssert extends AbstractAssert<TracesAssert, TraceRecorder> {

    TracesAssert(TraceRecorder actual) {
        super(actual, TracesAssert.class);
    }

    /** There is one trace; what follows is about it. */
    public TraceAssert onlyTrace() {
        List<RecordedTrace> traces = traces();
        if (traces.size() != 1) {
            failWithMessage("%s", expected("one trace", traces));
        }
        return new TraceAssert(traces.get(0));
    }

    /** There is one trace with a root of this name; what follows is about it. */
    public TraceAssert traceWithRoot(String name) {
        List<RecordedTrace> found = traces().stream()
                .filter(trace -> trace.roots().stream().map(MemorySpan::name).anyMatch(name::equals))
                .toList();
        if (found.size() != 1) {
            failWithMessage("%s", expected("one trace with the root '" + name + "'", traces()));
        }
        return new TraceAssert(found.get(0));
    }

    /** There are so many traces. */
    public TracesAssert hasTraces(int count) {
        List<RecordedTrace> traces = traces();
        if (traces.size() != count) {
            failWithMessage("%s", expected(count + " traces", traces));
        }
        return this;
    }

    /** Nothing was traced. */
    public TracesAssert isEmpty() {
        return hasTraces(0);
    }

    private List<RecordedTrace> traces() {
        isNotNull();
        return actual.traces();
    }

    private String expected(String what, List<RecordedTrace> traces) {
        return "expected " + what + ", but there " + (traces.size() == 1 ? "is 1" : "are " + traces.size())
                + " in all:\n" + actual;
    }
}
