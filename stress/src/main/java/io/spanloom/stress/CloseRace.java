package io.spanloom.stress;

import io.spanloom.Span;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two threads close one span. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "ended once")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or ended twice")
@State
public class CloseRace {

    private final Span span = Spans.counted();

    @Actor
    public void close() {
        span.close();
    }

    @Actor
    public void closeWithFailure() {
        span.close(new IllegalStateException("race"));
    }

    @Arbiter
    public void count(I_Result result) {
        result.r1 = Spans.ends(span);
    }
}
