package io.spanloom.stress;

import io.spanloom.Span;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** One thread opens and closes a span that another closes, too, at any moment: neither keeps anything current. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "nothing is current on either thread")
@Outcome(expect = Expect.FORBIDDEN, desc = "something stale is current")
@State
public class ClosedElsewhere {

    private volatile @Nullable Span shared;

    @Actor
    public void owner(ZZ_Result result) {
        Span span = Spans.open("shared");
        shared = span;
        Span child = Spans.open("child");
        child.close();
        span.close();
        result.r1 = Spans.isNothingCurrent();
    }

    @Actor
    public void stranger(ZZ_Result result) {
        Span own = Spans.open("own");
        Span seen = shared;
        if (seen != null) {
            seen.close();
        }
        own.close();
        result.r2 = Spans.isNothingCurrent();
    }
}
