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
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads make one captured context current while its span ends; each gets back what it had: nothing. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "nothing is left current")
@Outcome(expect = Expect.FORBIDDEN, desc = "something is left current")
@State
public class ScopeRace {

    private final Span span;
    private final TraceContext context;
    private Span started = Span.noop();

    public ScopeRace() {
        span = Tracing.span("race");
        context = Tracing.capture();
        span.detach();
    }

    @Actor
    public void first(II_Result result) {
        try (Scope scope = context.activate()) {
            Tracing.run("child", child -> started = child);
        }
        Spans.ends(started);
        result.r1 = Tracing.current() == Span.noop() ? 1 : 0;
    }

    @Actor
    public void second(II_Result result) {
        try (Scope scope = context.activate()) {
            span.close();
        }
        Spans.ends(span);
        result.r2 = Tracing.current() == Span.noop() ? 1 : 0;
    }
}
