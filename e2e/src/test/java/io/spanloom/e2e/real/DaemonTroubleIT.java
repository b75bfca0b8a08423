package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.BackendStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Load while the daemon stops, comes back, and is slow: a minute, or {@code -Dreal.load.seconds=600}. The application must not
 * notice, and every document must be accounted for.
 */
class DaemonTroubleIT {

    private static final long SECONDS = Long.getLong("real.load.seconds", 60);

    /** Traces a second of each of two threads: beyond what the daemon takes without loss lies another test. */
    private static final long PER_SECOND = 200;

    private final Queue<Throwable> noticed = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean over;

    @Test
    void documents_areAllAccountedForAndTheApplicationNoticesNothing() throws Exception {
        try (Api api = new Api();
                Daemon daemon = Daemon.before(api)) {
            api.keeping = false;
            TracingConfig config = TracingConfig.builder()
                    .alone()
                    .service("load")
                    .backend("xray")
                    .set("tracing.xray.daemon-address", daemon.address())
                    .build();
            try (Scope tracing = Tracing.override(config)) {
                List<Thread> threads = List.of(new Thread(this::serve, "load-1"), new Thread(this::serve, "load-2"));
                threads.forEach(Thread::start);

                phase("up", api);
                daemon.stop();
                phase("stopped", api);
                daemon.startAgain();
                phase("back", api);
                api.delayMillis = 1_500;
                phase("slow", api);
                daemon.stop();
                phase("stopped while slow", api);
                api.delayMillis = 0;
                daemon.startAgain();
                long before = api.arrived();
                phase("back again", api);

                over = true;
                for (Thread thread : threads) {
                    thread.join(60_000);
                    assertThat(thread.isAlive()).isFalse();
                }
                assertThat(Tracing.flush(Duration.ofSeconds(60))).isTrue();
                BackendStats end = Tracing.stats();
                System.out.println("load: " + SECONDS + " s, " + answered.get() + " requests, " + end + ", "
                        + api.arrived() + " documents at the API");
                assertThat(noticed).isEmpty();
                assertThat(end.queued()).isZero();
                assertThat(end.offered()).isEqualTo(answered.get()).isEqualTo(end.delivered() + dropped(end));
                assertThat(end.dropped().keySet()).isSubsetOf("port unreachable", "cannot send");
                assertThat(dropped(end)).isPositive();
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> api.arrived() > before);
                assertThat(api.arrived()).isLessThanOrEqualTo(end.delivered());
            }
        }
    }

    /** A sixth of the time, in which the sum must be right whenever somebody looks. */
    private void phase(String name, Api api) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS) / 6;
        while (System.nanoTime() - end < 0) {
            BackendStats now = Tracing.stats();
            assertThat(now.offered()).as(name).isEqualTo(now.delivered() + dropped(now) + now.queued());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        System.out.println("load: " + name + ": " + Tracing.stats() + ", " + api.arrived() + " documents at the API");
    }

    private static long dropped(BackendStats stats) {
        return stats.dropped().values().stream().mapToLong(Long::longValue).sum();
    }

    /** An application: what it gives must be what it would give untraced. */
    private void serve() {
        List<Integer> rows = new ArrayList<>(List.of(1, 2, 3));
        while (!over) {
            try (Span request = Tracing.segment("GET /rows", Map.of(), (headers, name) -> null)) {
                int sum = Tracing.call("load", load -> {
                    load.annotation("rows", rows.size()).metadata("rows", rows);
                    return rows.stream().mapToInt(Integer::intValue).sum();
                });
                if (sum != 6) {
                    noticed.add(new AssertionError("the result is " + sum));
                }
            } catch (Throwable thrown) {
                noticed.add(thrown);
            }
            answered.incrementAndGet();
            try {
                TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
            } catch (InterruptedException stopping) {
                return;
            }
        }
    }
}
