package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits for what came before to be sent, and who answers. */
class FlushesTest {

    private static final long SHORT = 1_000_000;
    private static final long LONG = TimeUnit.MINUTES.toNanos(5);

    private final Flushes flushes = new Flushes();

    /** Waits on a thread of its own, which is waiting by now. */
    private FutureTask<Boolean> waiting(long number) throws InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(() -> flushes.await(number, LONG));
        Thread thread = new Thread(task, "waits");
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return task;
    }

    @Test
    void nobodyAnswers_theTimeRunsOut() {
        assertThat(flushes.await(flushes.ask(), SHORT)).isFalse();
        assertThat(flushes.await(flushes.ask(), 0)).isFalse();
    }

    @Test
    void answered_isTrueWithoutWaiting() {
        long number = flushes.ask();
        flushes.done(number);

        assertThat(flushes.await(number, 0)).isTrue();
    }

    @Test
    void oneRound_answersAllThatAskedBeforeAndNoneThatAskedSince() {
        long first = flushes.ask();
        long second = flushes.ask();
        long asked = flushes.asked();
        long since = flushes.ask();
        flushes.done(asked);

        assertThat(flushes.await(first, 0)).isTrue();
        assertThat(flushes.await(second, 0)).isTrue();
        assertThat(flushes.await(since, SHORT)).isFalse();
    }

    @Test
    void pending_isWhoeverHasNotBeenAnswered() {
        assertThat(flushes.isPending()).isFalse();
        long number = flushes.ask();
        assertThat(flushes.isPending()).isTrue();

        flushes.done(number);
        assertThat(flushes.isPending()).isFalse();
    }

    @Test
    void waitingThread_isToldAtOnce() throws Exception {
        long number = flushes.ask();
        FutureTask<Boolean> waiting = waiting(number);
        flushes.done(number);

        assertThat(waiting.get(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void end_letsGoOfThoseThatWaitAndThoseThatStillCome() throws Exception {
        FutureTask<Boolean> waiting = waiting(flushes.ask());
        flushes.end();

        assertThat(waiting.get(1, TimeUnit.MINUTES)).isTrue();
        assertThat(flushes.await(flushes.ask(), 0)).isTrue();
    }

    @Test
    void interrupted_doesNotWaitAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(flushes.await(flushes.ask(), LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
