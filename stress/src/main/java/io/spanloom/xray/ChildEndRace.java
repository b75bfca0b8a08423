package io.spanloom.xray;

import io.spanloom.Span;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A root and its child end at once: each leaves in one document. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both arrive, each once, and the account holds")
@Outcome(expect = Expect.FORBIDDEN, desc = "a span is lost, or in two documents, or the account does not hold")
@State
public class ChildEndRace {

    private final Span root;
    private final Span child;

    public ChildEndRace() {
        root = Traces.start("root");
        child = Traces.start("child").detach();
        root.detach();
    }

    @Actor
    public void endsTheRoot() {
        root.close();
    }

    @Actor
    public void endsTheChild() {
        child.close();
    }

    @Arbiter
    public void count(I_Result result) {
        result.r1 = Traces.arrived(root);
    }
}
