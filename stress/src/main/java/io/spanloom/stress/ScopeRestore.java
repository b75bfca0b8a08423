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

/**
 * Two threads activate one context at once, one closes its span meanwhile, both leave spans open: each is as it was when its
 * scope is closed.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "each thread is as it was before")
@Outcome(expect = Expect.FORBIDDEN, desc = "something of the context stays")
@State
public class ScopeRestore {

    private final Span root;
    private final TraceContext context;

    public ScopeRestore() {
        root = Spans.open("root");
        context = Tracing.capture();
        root.detach();
    }

    @Actor
    public void closesTheRoot(ZZ_Result result) {
        try (Scope scope = context.activate()) {
            Spans.open("left open");
            root.close();
        }
        result.r1 = Spans.isNothingCurrent();
    }

    @Actor
    public void opensBelowIt(ZZ_Result result) {
        try (Span own = Spans.open("own")) {
            try (Scope scope = context.activate()) {
                Spans.open("left open");
            }
            boolean restored = Tracing.current() == own;
            own.close();
            result.r2 = restored && Spans.isNothingCurrent();
        }
    }
}
