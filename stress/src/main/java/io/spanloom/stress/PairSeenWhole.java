package io.spanloom.stress;

import io.spanloom.spi.Pairs;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** An annotation that its span's thread records without a lock, while another thread reads. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "not there yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "there, with its value")
@Outcome(expect = Expect.FORBIDDEN, desc = "a key without its value")
@State
public class PairSeenWhole {

    private final Object[] pairs = Objects.requireNonNull(Pairs.put(Pairs.NONE, "first", 1L));

    @Actor
    public void owner() {
        Pairs.put(pairs, "second", 2L);
    }

    @Actor
    public void reader(I_Result result) {
        Object[] read = Pairs.copy(pairs);
        result.r1 = read.length == 2 ? 0 : read[3] instanceof Long value && value == 2L ? 1 : -1;
    }
}
