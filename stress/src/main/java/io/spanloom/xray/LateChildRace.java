package io.spanloom.xray;

import io.spanloom.Span;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A root ends while a span is begun and ended below it: each leaves in one document. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both arrive, each once, and the account holds")
@Outcome(expect = Expect.FORBIDDEN, desc = "a span is lost, or in two documents, or the account does not hold")
@State
public class LateChildRace {

    private final Span root;
    private final @Nullable Object context;

    public LateChildRace() {
        root = Traces.start("root");
        context = Traces.current();
        root.detach();
    }

    @Actor
    public void endsTheRoot() {
        root.close();
    }

    @Actor
    public void beginsAndEndsAnother() {
        Traces.below(context);
    }

    @Arbiter
    public void count(I_Result result) {
        result.r1 = Traces.arrived(root);
    }
}
