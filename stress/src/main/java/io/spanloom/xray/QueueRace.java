package io.spanloom.xray;

import io.spanloom.spi.BackendStats;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/** Two threads offer three documents each where four find room, and one takes what it finds: each is there once. */
@JCStressTest
@Outcome(
        id = "0, 0, true",
        expect = Expect.ACCEPTABLE,
        desc = "none is lost or there twice, and all room is given back")
@Outcome(expect = Expect.FORBIDDEN, desc = "a document, or its room, is lost or there twice")
@State
public class QueueRace {

    private static final Document DOCUMENT = Documents.one();

    private final DocumentQueue queue = new DocumentQueue(Documents.SMALL);
    private int taken;

    @Actor
    public void offers() {
        queue.offer(DOCUMENT);
        queue.offer(DOCUMENT);
        queue.offer(DOCUMENT);
    }

    @Actor
    public void offersAndReads() {
        queue.offer(DOCUMENT);
        queue.offer(DOCUMENT);
        take();
        queue.offer(DOCUMENT);
    }

    private void take() {
        for (Document one = queue.next(); one != null; one = queue.next()) {
            taken++;
            queue.settle(null);
            queue.release(one);
        }
    }

    @Arbiter
    public void count(IIZ_Result result) {
        take();
        BackendStats stats = queue.stats();
        result.r1 = (int) (6 - stats.offered()) + taken - (int) stats.delivered();
        result.r2 = (int) stats.queued() + 1 - queue.room();
        result.r3 = Documents.holds(stats);
    }
}
