package io.spanloom.xray;

import io.spanloom.spi.BackendStats;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Documents are offered, split, withdrawn, sent and dropped while somebody looks twice: the account holds each time. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "offered = delivered + dropped + queued, at both looks")
@Outcome(expect = Expect.FORBIDDEN, desc = "the account does not hold")
@State
public class AccountRace {

    private static final Document DOCUMENT = Documents.one();

    private final DocumentQueue queue = new DocumentQueue(Documents.SMALL);

    @Actor
    public void works() {
        for (int i = 0; i < 6; i++) { // the last two find no room
            queue.offer(DOCUMENT);
        }
        for (Document one = queue.next(); one != null; one = queue.next()) {
            queue.part();
            queue.settle(null);
            queue.settle(DropReason.TOO_LARGE);
            queue.release(one);
        }
        queue.offerOwn(DOCUMENT);
        queue.withdraw();
    }

    @Actor
    public void looks(ZZ_Result result) {
        BackendStats first = queue.stats();
        BackendStats second = queue.stats();
        result.r1 = Documents.holds(first);
        result.r2 = Documents.holds(second) && second.delivered() >= first.delivered();
    }
}
