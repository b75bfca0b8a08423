package io.spanloom.stress;

import io.spanloom.Span;
import io.spanloom.internal.async.Returned;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A future is returned by a traced call while another thread cancels it. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "ended once, as the future did")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, ended twice, or otherwise than the future")
@State
public class ReturnRace {

    private final Span span = Spans.counted();
    private final CompletableFuture<String> future = new CompletableFuture<>();

    @Actor
    public void returned() {
        Returned.future(future, span, null);
    }

    @Actor
    public void cancel() {
        future.cancel(true);
    }

    @Arbiter
    public void compare(II_Result result) {
        result.r2 = Spans.isMarkedCancelled(span) == future.isCancelled() ? 1 : 0;
        result.r1 = Spans.ends(span);
    }
}
