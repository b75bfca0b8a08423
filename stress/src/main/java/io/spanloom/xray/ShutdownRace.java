package io.spanloom.xray;

import io.spanloom.spi.BackendStats;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A queue is closed and emptied while two documents are offered to it: each is sent, dropped by that, or refused. */
@JCStressTest
@Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "both are accounted for, and nothing is left behind")
@Outcome(expect = Expect.FORBIDDEN, desc = "one is lost, counted twice, or left where nobody comes for it")
@State
public class ShutdownRace {

    private static final Document DOCUMENT = Documents.one();

    private final DocumentQueue queue = new DocumentQueue(Documents.SMALL);

    @Actor
    public void offersAndSends() {
        queue.offer(DOCUMENT);
        queue.offer(DOCUMENT);
        Document one = queue.next();
        if (one != null) {
            queue.settle(null);
            queue.release(one);
        }
    }

    @Actor
    public void shutsDown() {
        queue.close();
        queue.dropWaiting();
    }

    @Arbiter
    public void count(ZI_Result result) {
        BackendStats stats = queue.stats();
        result.r1 = Documents.holds(stats) && stats.offered() == 2;
        result.r2 = queue.waiting() + (int) stats.queued();
    }
}
