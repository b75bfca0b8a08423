package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Tracing;
import io.spanloom.spi.BackendStats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The law of {@link BackendStats}: {@code offered = delivered + dropped + queued}, at any moment and whatever the receiver
 * does. A backend that counts nothing keeps it, too.
 */
abstract class AccountingCases extends ContractCases {

    private static final int THREADS = 4;
    private static final int TRACES = 500;

    private final BackendContract contract;

    AccountingCases(BackendContract contract) {
        super(contract);
        this.contract = contract;
    }

    @Override
    final boolean concernsTheApplicationAlone() {
        return true;
    }

    @Test
    void underLoad_theCountsAddUpAtAnyMoment() throws Exception {
        load();

        settled();
    }

    @Test
    void receiverThatIsDead_theCountsAddUpAndNothingBlocks() throws Exception {
        Assumptions.assumeTrue(contract.receiver(BackendContract.Receiver.DEAD), "the receiver is not ours to stop");
        load();

        BackendStats stats = settled();
        assertThat(stats.droppedTotal()).as("dropped").isPositive();
    }

    @Test
    void receiverThatIsSlow_theCountsAddUpAndNothingBlocks() throws Exception {
        Assumptions.assumeTrue(contract.receiver(BackendContract.Receiver.SLOW), "the receiver is not ours to slow");
        load();

        settled();
    }

    @Test
    void receiverThatComesBack_isDeliveredToAgain() throws Exception {
        Assumptions.assumeTrue(contract.receiver(BackendContract.Receiver.DEAD), "the receiver is not ours to stop");
        load();
        settled();
        assertThat(contract.receiver(BackendContract.Receiver.RUNNING)).isTrue();
        long before = Tracing.stats().delivered();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (Tracing.stats().delivered() == before && System.nanoTime() < deadline) {
            Tracing.run("again", root -> {});
            Tracing.flush(DEADLINE);
        }

        assertThat(settled().delivered()).isGreaterThan(before);
    }

    private static void load() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            List<Future<?>> working = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                working.add(threads.submit(() -> {
                    for (int i = 0; i < TRACES; i++) {
                        Tracing.run("root", root -> Tracing.run("child", child -> child.annotation("k", 1L)));
                    }
                }));
            }
            Future<?> watching = threads.submit(() -> {
                do {
                    assertLaw(Tracing.stats());
                } while (!over.get());
            });
            for (Future<?> one : working) {
                one.get(60, TimeUnit.SECONDS);
            }
            over.set(true);
            watching.get(60, TimeUnit.SECONDS);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private static BackendStats settled() {
        Tracing.flush(DEADLINE);
        BackendStats stats = Tracing.stats();
        assertLaw(stats);
        assertThat(stats.queued()).as("queued after a flush").isZero();
        return stats;
    }

    private static void assertLaw(BackendStats stats) {
        assertThat(stats.offered())
                .as(() -> "offered of " + stats)
                .isEqualTo(stats.delivered() + stats.droppedTotal() + stats.queued());
    }
}
