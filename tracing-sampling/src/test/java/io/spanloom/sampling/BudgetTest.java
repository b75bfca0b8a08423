package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private final TestClock clock = new TestClock();

    private static Budget whole(int reservoir, double rate) {
        return Budget.whole(SamplingRule.forAll("r", 1, rate, reservoir));
    }

    private static Budget shared(int reservoir, double rate) {
        return Budget.shared(SamplingRule.forAll("r", 1, rate, reservoir));
    }

    private List<Boolean> ask(Budget budget, int reservoir, double... random) {
        List<Boolean> decisions = new ArrayList<>();
        for (double number : random) {
            decisions.add(budget.take(reservoir, clock, number));
        }
        return decisions;
    }

    @Test
    void reservoir_isTakenFirstThenTheRateCounts() {
        Budget budget = whole(2, 0.1);

        assertThat(ask(budget, 2, 0.9, 0.9, 0.9, 0.05, 0.1)).containsExactly(true, true, false, true, false);
        assertThat(budget.takeCounts()).isEqualTo(new Budget.Counts(5, 3, 0));
    }

    @Test
    void nextSecond_bringsTheReservoirBack() {
        Budget budget = whole(1, 0);

        assertThat(ask(budget, 1, 0.5, 0.5)).containsExactly(true, false);
        clock.passMillis(1_000);
        assertThat(ask(budget, 1, 0.5, 0.5)).containsExactly(true, false);
    }

    @Test
    void clockThatIsSetBack_stopsNothing() {
        Budget budget = whole(1, 0);
        ask(budget, 1, 0.5);

        clock.jumpSeconds(-86_400);
        assertThat(ask(budget, 1, 0.5, 0.5)).containsExactly(true, false);
    }

    @Test
    void withoutQuota_onePerSecondIsBorrowed() {
        Budget budget = shared(10, 0);

        assertThat(ask(budget, 10, 0.5, 0.5)).containsExactly(true, false);
        clock.passMillis(1_000);
        assertThat(ask(budget, 10, 0.5)).containsExactly(true);
        assertThat(budget.takeCounts()).isEqualTo(new Budget.Counts(3, 0, 2));
    }

    @Test
    void emptyReservoir_lendsNothing() {
        assertThat(ask(shared(0, 0), 0, 0.5)).containsExactly(false);
    }

    @Test
    void quota_isUsedUntilItExpires() {
        Budget budget = shared(10, 0);
        budget.quota(2, clock.nanos() + 1_500_000_000L);

        assertThat(ask(budget, 10, 0.5, 0.5, 0.5)).containsExactly(true, true, false);
        clock.passMillis(1_000);
        assertThat(ask(budget, 10, 0.5, 0.5, 0.5)).containsExactly(true, true, false);
        clock.passMillis(1_000);
        assertThat(ask(budget, 10, 0.5, 0.5)).containsExactly(true, false);
        assertThat(budget.takeCounts()).isEqualTo(new Budget.Counts(8, 4, 1));
    }

    @Test
    void calendarThatJumps_doesNotExpireAQuota() {
        Budget budget = shared(10, 0);
        budget.quota(2, clock.nanos() + 10_000_000_000L);

        clock.jumpSeconds(3_600);
        assertThat(ask(budget, 10, 0.5, 0.5, 0.5)).containsExactly(true, true, false);
        clock.jumpSeconds(-7_200);
        assertThat(ask(budget, 10, 0.5, 0.5, 0.5)).containsExactly(true, true, false);
    }

    @Test
    void counts_areExactAlsoWhenManyThreadsAskAndReportsAreTaken() throws Exception {
        Budget budget = whole(3, 0.5);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> asking = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                asking.add(pool.submit((Callable<Integer>) () -> {
                    int sampled = 0;
                    for (int i = 0; i < 20_000; i++) {
                        sampled += budget.take(3, clock, (i % 4) / 4.0) ? 1 : 0;
                    }
                    return sampled;
                }));
            }
            long requests = 0;
            long sampled = 0;
            boolean done = false;
            while (!done) {
                done = asking.stream().allMatch(Future::isDone);
                Budget.Counts counts = budget.takeCounts();
                assertThat(counts.sampled()).isLessThanOrEqualTo(counts.requests());
                requests += counts.requests();
                sampled += counts.sampled();
            }
            long decided = 0;
            for (Future<Integer> each : asking) {
                decided += each.get();
            }
            assertThat(requests).isEqualTo(80_000);
            assertThat(sampled).isEqualTo(decided);
        } finally {
            pool.shutdownNow();
        }
    }
}
