package io.spanloom.test;

import io.spanloom.spi.MemorySpan;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about one trace; see {@link TraceAssertions}. */
public final class TraceAssert extends AbstractAssert<TraceAssert, RecordedTrace> {

    TraceAssert(RecordedTrace actual) {
        super(actual, TraceAssert.class);
    }

    /** The trace has one root, and it is called so; what follows is about that span. */
    public SpanAssert hasRoot(String name) {
        isNotNull();
        List<MemorySpan> roots = actual.roots();
        if (roots.size() != 1 || !roots.get(0).name().equals(name)) {
            failWithMessage("%s", "expected one root '" + name + "', but the trace is:\n" + actual);
        }
        return new SpanAssert(actual, roots.get(0));
    }

    /** The trace has so many spans, the root among them. */
    public TraceAssert hasSpans(int count) {
        isNotNull();
        if (actual.spans().size() != count) {
            failWithMessage(
                    "%s",
                    "expected " + count + " spans, but there are "
                            + actual.spans().size() + ":\n" + actual);
        }
        return this;
    }
}
