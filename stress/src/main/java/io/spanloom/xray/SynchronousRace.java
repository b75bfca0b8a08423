package io.spanloom.xray;

import io.spanloom.spi.BackendStats;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;

/** Two threads send by themselves, and one of them flushes and looks. */
@JCStressTest
@Outcome(id = "2, true, true", expect = Expect.ACCEPTABLE, desc = "both arrive, once, and the account holds")
@Outcome(expect = Expect.FORBIDDEN, desc = "one is lost or sent twice, or the account does not hold")
@State
public class SynchronousRace {

    private static final Document DOCUMENT = Documents.one();

    private final Documents.Daemon daemon = new Documents.Daemon();
    private final Exporter exporter = Exporter.of(daemon, Documents.SMALL);

    @Actor
    public void sends() {
        exporter.offer(DOCUMENT);
    }

    @Actor
    public void sendsAndLooks(IZZ_Result result) {
        exporter.offer(DOCUMENT);
        boolean flushed = exporter.flush(Duration.ofSeconds(10));
        result.r2 = flushed && Documents.holds(exporter.stats());
    }

    @Arbiter
    public void count(IZZ_Result result) {
        BackendStats stats = exporter.stats();
        result.r1 = daemon.came.get();
        result.r3 = Documents.holds(stats) && stats.delivered() == 2 && stats.queued() == 0;
    }
}
