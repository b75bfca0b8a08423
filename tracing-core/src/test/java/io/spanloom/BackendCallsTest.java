package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Said;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Backends that throw, or do not come back. */
@Timeout(60)
class BackendCallsTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final BackendStats COUNTED = new BackendStats(3, 2, Map.of("lost", 1L), 0);

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void release() {
        released.countDown();
    }

    private void block() {
        asked.incrementAndGet();
        boolean over = false;
        while (!over) {
            try {
                released.await();
                over = true;
            } catch (InterruptedException ignored) {
                // as hostile as can be
            }
        }
    }

    private final class Blocking implements Silent {
        @Override
        public BackendStats stats() {
            block();
            return COUNTED;
        }

        @Override
        public boolean flush(Duration timeout) {
            block();
            return true;
        }

        @Override
        public void close() {
            block();
        }
    }

    private static final class Counting implements Silent {
        private boolean flushed;
        private boolean closed;

        @Override
        public BackendStats stats() {
            return COUNTED;
        }

        @Override
        public boolean flush(Duration timeout) {
            flushed = true;
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Throwing implements Silent {
        @Override
        public BackendStats stats() {
            throw new AssertionError("hostile");
        }
    }

    @Test
    void flushThatDoesNotComeBack_isGivenUpAndSaid() throws Exception {
        BackendCalls calls = new BackendCalls(new Blocking());

        assertThat(Said.by(() -> assertThat(calls.flush(SHORT)).isFalse()))
                .contains("TRC-026: the backend silent was asked to flush, and has not come back");
    }

    @Test
    void whileACallHasNotComeBack_noOtherIsMade() {
        BackendCalls calls = new BackendCalls(new Blocking());
        for (int i = 0; i < 5; i++) {
            assertThat(calls.flush(SHORT)).isFalse();
        }
        assertThat(calls.stats()).isEqualTo(BackendStats.NONE);

        assertThat(asked).hasValue(1);
    }

    @Test
    void onceItHasComeBack_itIsAskedAgain() {
        BackendCalls calls = new BackendCalls(new Blocking());
        assertThat(calls.flush(SHORT)).isFalse();
        released.countDown();

        assertThat(calls.flush(Duration.ofSeconds(30))).isTrue();
        assertThat(calls.stats()).isEqualTo(COUNTED);
    }

    @Test
    void closeThatDoesNotComeBack_isGivenUp() {
        new BackendCalls(new Blocking()).close();

        assertThat(asked).hasValue(1);
    }

    @Test
    void interruptedCaller_isStillInterruptedAndTheBackendClosed() {
        Counting backend = new Counting();
        Thread.currentThread().interrupt();
        new BackendCalls(backend).close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(backend.closed).isTrue();
    }

    @Test
    void oneOfSeveralThatDoesNotComeBack_doesNotKeepTheOthers() {
        Counting well = new Counting();
        FanoutBackend both = new FanoutBackend(List.of(new Blocking(), well));
        assertThat(both.flush(Duration.ofMillis(200))).isFalse();
        assertThat(both.stats()).isEqualTo(COUNTED);
        both.close();

        assertThat(well.flushed).isTrue();
        assertThat(well.closed).isTrue();
    }

    @Test
    void oneOfSeveralThatThrows_theOthersAreCounted() {
        FanoutBackend both = new FanoutBackend(List.of(new Throwing(), new Counting()));

        assertThat(both.stats()).isEqualTo(COUNTED);
    }

    @Test
    void timeWithoutEnd_isNoError() {
        FanoutBackend both = new FanoutBackend(List.of(new Counting(), new Counting()));

        assertThat(both.flush(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    }
}
