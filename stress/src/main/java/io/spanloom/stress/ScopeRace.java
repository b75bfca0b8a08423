package io.spanloom.stress;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads make one captured context current while its span ends; each gets back what it had: nothing. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "nothing is left current")
@Outcome(expect = Expect.FORBIDDEN, desc = "something is left current")
@State
public class ScopeRace {

    private final Span span;
    private final TraceContext context;

    public ScopeRace() {
        span = Spans.open("race");
        context = Tracing.capture();
        span.detach();
    }

    @Actor
    public void first(ZZ_Result result) {
        try (Scope scope = context.activate()) {
            Spans.open("child").close();
        }
        result.r1 = Spans.isNothingCurrent();
    }

    @Actor
    public void second(ZZ_Result result) {
        try (Scope scope = context.activate()) {
            span.close();
        }
        result.r2 = Spans.isNothingCurrent();
    }
}
