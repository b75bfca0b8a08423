package io.spanloom.xray;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Somebody asks for a flush while the sending thread makes its last round and ends: nobody waits in vain. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "answered")
@Outcome(expect = Expect.FORBIDDEN, desc = "waited for its whole time")
@State
public class FlushRace {

    private static final long LONG_NANOS = 20_000_000_000L;

    private final Flushes flushes = new Flushes();

    @Actor
    public void asks(Z_Result result) {
        result.r1 = flushes.await(flushes.ask(), LONG_NANOS);
    }

    @Actor
    public void ends() {
        flushes.done(flushes.asked());
        flushes.end();
    }
}
