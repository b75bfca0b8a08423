package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@link Tracing#reconfigure} from backend to backend while threads trace. How often is said by {@code -Dspanloom.switches=1000}.
 */
class LiveSwitchTest {

    private static final int SWITCHES = Integer.getInteger("spanloom.switches", 100);
    private static final int THREADS = 8;
    private static final List<String> ROUND = List.of("xray", "xray,otel", "otel", "none");
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private XRayPort xray;
    private OtlpPort otlp;

    @BeforeEach
    void open() throws Exception {
        Tracing.shutdown();
        xray = new XRayPort();
        otlp = new OtlpPort();
        System.setProperty("otel.exporter.otlp.endpoint", otlp.endpoint());
        System.setProperty("otel.bsp.schedule.delay", "100");
    }

    @AfterEach
    void close() {
        Tracing.shutdown();
        System.clearProperty("otel.exporter.otlp.endpoint");
        System.clearProperty("otel.bsp.schedule.delay");
        xray.close();
        otlp.close();
    }

    private TracingConfig to(String backends) {
        return TracingConfig.builder()
                .alone()
                .service("switched")
                .backend(backends)
                .set("tracing.xray.daemon-address", xray.address())
                .set("tracing.otel.sdk", "own")
                .build();
    }

    @Test
    void switchesWhileThreadsTrace_loseAndDoubleNoSpan() throws Exception {
        Tracing.reconfigure(to("xray"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        ExecutorService others = Executors.newFixedThreadPool(2);
        Arrivals arrivals = new Arrivals(xray, otlp);
        List<TracingWorker> workers = new ArrayList<>();
        List<Future<?>> done = new ArrayList<>();
        try {
            for (int i = 0; i < THREADS; i++) {
                TracingWorker worker = new TracingWorker(i, others, arrivals);
                workers.add(worker);
                done.add(threads.submit(worker));
            }
            for (int i = 1; i <= SWITCHES; i++) {
                Tracing.reconfigure(to(ROUND.get(i % ROUND.size())));
                for (TracingWorker worker : workers) {
                    worker.awaitAnother(); // so that each backend has spans of every thread
                }
            }
        } finally {
            workers.forEach(TracingWorker::stop);
            for (Future<?> each : done) {
                each.get(LONGEST.toSeconds(), TimeUnit.SECONDS); // throws what reached the application
            }
            threads.shutdown();
            others.shutdown();
        }
        assertThat(others.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        Tracing.shutdown();
        arrivals.awaitAll(LONGEST);

        assertThat(arrivals.problems()).isEmpty();
        assertThat(arrivals.seen()).isGreaterThan(THREADS * SWITCHES);
    }
}
