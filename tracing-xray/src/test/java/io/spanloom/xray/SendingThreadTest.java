package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Reporter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread that sends, where sending stands still: who waits how long, what is lost, and how that is counted. */
class SendingThreadTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final RememberingSink sink = new RememberingSink();
    private final CountDownLatch sending = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final XRayBackend backend =
            new XRayBackend("cruddur", root -> true, sink, new Exporter.Limits(4, 1_000_000, false), false);

    @AfterEach
    void end() {
        goOn.countDown();
        backend.close();
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    /** Sending stands still from the next datagram on, whatever it is told, until {@link #goOn}. */
    private void standStill() {
        sink.answers(() -> {
            sending.countDown();
            boolean interrupted = false;
            while (goOn.getCount() > 0) {
                try {
                    goOn.await();
                } catch (InterruptedException deaf) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
    }

    private void spans(int count) {
        for (int i = 0; i < count; i++) {
            backend.start(SpanSpec.named("span " + i), null).close();
        }
    }

    private void oneIsJustBeingSent() throws InterruptedException {
        standStill();
        spans(1);
        assertThat(sending.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private static void elsewhere(Runnable work) throws Exception {
        FutureTask<Void> task = new FutureTask<>(work, null);
        Thread thread = new Thread(task, "elsewhere");
        thread.setDaemon(true);
        thread.start();
        task.get(1, TimeUnit.MINUTES);
    }

    private static long said(String code) {
        return Reporter.messages().stream()
                .filter(message -> message.code().equals(code))
                .mapToLong(Reporter.Message::times)
                .sum();
    }

    @Test
    void flush_waitsNoLongerThanItMayAndIsTrueWhenAllIsSent() throws Exception {
        oneIsJustBeingSent();
        spans(2);
        assertThat(backend.flush(SHORT)).isFalse();
        assertThat(backend.stats()).isEqualTo(new BackendStats(3, 0, Map.of(), 3));

        goOn.countDown();
        assertThat(backend.flush(LONG)).isTrue();
        assertThat(backend.stats()).isEqualTo(new BackendStats(3, 3, Map.of(), 0));
        assertThat(sink.documents())
                .extracting(each -> each.get("name").asText())
                .containsExactly("span 0", "span 0", "span 1");
    }

    @Test
    void flushWithoutEnd_waitsAsLongAsItTakes() {
        spans(3);

        assertThat(backend.flush(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(backend.stats().delivered()).isEqualTo(3);
    }

    @Test
    void afterAPause_whatEndsIsSentThoughNobodyFlushes() {
        pause();
        spans(1);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sink.documents().size() == 1);
    }

    @Test
    void afterAPause_aFlushIsAnsweredAtOnce() {
        pause();

        assertThat(backend.flush(Duration.ofSeconds(30))).isTrue();
    }

    /** Long enough that the thread, which looks for work by itself for a quarter of a second, waits to be woken. */
    private static void pause() {
        Awaitility.await().pollDelay(Duration.ofMillis(400)).until(() -> true);
    }

    @Test
    void moreThanMayWait_isDroppedAndSaidBySendingThread() throws Exception {
        long before = said("TRC-100");
        oneIsJustBeingSent();
        spans(5);
        assertThat(backend.stats()).isEqualTo(new BackendStats(6, 0, Map.of("queue full", 2L), 4));

        goOn.countDown();
        assertThat(backend.flush(LONG)).isTrue();
        assertThat(backend.stats()).isEqualTo(new BackendStats(6, 4, Map.of("queue full", 2L), 0));
        Awaitility.await().atMost(LONG).until(() -> said("TRC-100") > before);
    }

    @Test
    void close_whileSendingStandsStill_comesBackAndCountsWhatItCouldNotSend() throws Exception {
        long before = said("TRC-104");
        oneIsJustBeingSent();
        spans(3);
        backend.close();

        assertThat(said("TRC-104")).isEqualTo(before + 1);
        assertThat(backend.stats())
                .as("the one that is being sent may still arrive")
                .isEqualTo(new BackendStats(4, 0, Map.of("shutting down", 3L), 1));
        goOn.countDown();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> backend.stats().equals(new BackendStats(4, 1, Map.of("shutting down", 3L), 0)));
    }

    @Test
    void closedByAnInterruptedThread_deliversAllTheSame() {
        spans(3);
        Thread.currentThread().interrupt();
        backend.close();

        assertThat(Thread.interrupted()).as("and stays interrupted").isTrue();
        assertThat(backend.stats()).isEqualTo(new BackendStats(3, 3, Map.of(), 0));
    }

    @Test
    void closedTwice_isClosedOnce() {
        long before = said("TRC-104");
        spans(1);
        backend.close();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(said("TRC-104")).as("nothing was dropped").isEqualTo(before);
        spans(1);
        assertThat(said("TRC-104")).isEqualTo(before + 1);
        backend.close();

        assertThat(sink.closed()).isOne();
        assertThat(backend.stats()).isEqualTo(new BackendStats(2, 1, Map.of("shutting down", 1L), 0));
    }

    @Test
    void openBelowAnEndedSegment_isSentAsUnfinishedByAFlushAndAgainAtItsEnd() {
        Span root = backend.start(SpanSpec.named("root"), null);
        Span late = backend.start(SpanSpec.named("late"), null).detach();
        root.close();
        assertThat(backend.flush(LONG)).isTrue();
        assertThat(sink.documents()).hasSize(2);
        assertThat(sink.documents().get(1).at("/metadata/spanloom/unfinished").asBoolean())
                .isTrue();

        late.close();
        assertThat(backend.flush(LONG)).isTrue();
        assertThat(sink.documents()).hasSize(3);
        assertThat(sink.documents().get(2).get("id"))
                .isEqualTo(sink.documents().get(1).get("id"));
        assertThat(backend.stats()).isEqualTo(new BackendStats(3, 3, Map.of(), 0));
    }

    @Test
    void openAtTheShutdown_isSentAsUnfinished() {
        Span root = backend.start(SpanSpec.named("root"), null);
        Span late = backend.start(SpanSpec.named("late"), null).detach();
        root.close();
        backend.close();

        assertThat(backend.stats()).isEqualTo(new BackendStats(2, 2, Map.of(), 0));
        late.close();
        assertThat(backend.stats()).isEqualTo(new BackendStats(3, 2, Map.of("shutting down", 1L), 0));
    }

    @Test
    void openAtAShutdownThatSendingDoesNotFollow_isCounted() throws Exception {
        Span root = backend.start(SpanSpec.named("root"), null);
        Span late = backend.start(SpanSpec.named("late"), null).detach();
        standStill();
        root.close();
        assertThat(sending.await(1, TimeUnit.MINUTES)).isTrue();
        backend.close();

        assertThat(backend.stats())
                .as("the segment may still arrive")
                .isEqualTo(new BackendStats(2, 0, Map.of("shutting down", 1L), 1));
        goOn.countDown();
        late.close();
    }

    @Test
    void sendingThatThrows_losesThatDocumentAndTheThreadGoesOn() {
        sink.answers(() -> {
            throw new AssertionError("broken");
        });
        spans(2);
        assertThat(backend.flush(LONG)).isTrue();
        sink.answers(() -> null);
        spans(1);

        assertThat(backend.flush(LONG)).isTrue();
        assertThat(backend.stats()).isEqualTo(new BackendStats(3, 1, Map.of("not written", 2L), 0));
    }

    @Test
    void synchronous_flushWaitsForTheThreadThatIsSendingAndNoLongerThanItMay() throws Exception {
        XRayBackend atOnce =
                new XRayBackend("cruddur", root -> true, sink, new Exporter.Limits(4, 1_000_000, true), false);
        standStill();
        Thread request =
                new Thread(() -> atOnce.start(SpanSpec.named("request"), null).close(), "request");
        request.setDaemon(true);
        request.start();
        assertThat(sending.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(atOnce.flush(SHORT)).isFalse();

        Thread.currentThread().interrupt();
        assertThat(atOnce.flush(LONG)).isFalse();
        assertThat(Thread.interrupted()).as("and stays interrupted").isTrue();

        goOn.countDown();
        assertThat(atOnce.flush(LONG)).isTrue();
        request.join();
        elsewhere(() -> atOnce.start(SpanSpec.named("the next"), null).close());
        assertThat(atOnce.stats()).isEqualTo(new BackendStats(2, 2, Map.of(), 0));

        atOnce.close();
        elsewhere(() -> assertThat(atOnce.flush(LONG)).isTrue());
        assertThat(sink.closed()).isOne();
    }
}
