package io.spanloom.stress;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Tracing;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A scope that both threads close: only its own thread's close counts, and the other's changes neither. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "each thread keeps and restores its own")
@Outcome(expect = Expect.FORBIDDEN, desc = "a close reached the wrong thread")
@State
public class ScopeClosedByBoth {

    private volatile @Nullable Scope shared;

    @Actor
    public void owner(ZZ_Result result) {
        Span before = Spans.open("before");
        Scope scope = Tracing.capture().activate();
        shared = scope;
        Spans.open("left open");
        scope.close();
        boolean restored = Tracing.current() == before;
        before.close();
        result.r1 = restored && Spans.isNothingCurrent();
    }

    @Actor
    public void stranger(ZZ_Result result) {
        Span own = Spans.open("own");
        Scope seen = shared;
        if (seen != null) {
            seen.close();
        }
        boolean kept = Tracing.current() == own;
        own.close();
        result.r2 = kept && Spans.isNothingCurrent();
    }
}
