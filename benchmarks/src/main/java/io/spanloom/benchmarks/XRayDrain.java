package io.spanloom.benchmarks;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.BackendStats;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How many spans a second go from the application through the X-Ray backend's queue to the daemon's port, and what is lost on
 * the way: requests of ten subsegments, at a steady rate, for some seconds each. Pin it to one core for the target's figure:
 *
 * <pre>{@code
 * taskset -c 0 java -cp benchmarks/target/benchmarks.jar io.spanloom.benchmarks.XRayDrain 100000
 * }</pre>
 */
public final class XRayDrain {

    private static final int SPANS = 11;
    private static final int SECONDS = 3;

    private XRayDrain() {}

    /** Rates in spans a second, each tried in turn. */
    public static void main(String[] rates) {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("benchmark")
                .backend("xray")
                .set("tracing.xray.daemon-address", DaemonPort.address())
                .build());
        run(20_000); // warm-up
        for (String rate : rates) {
            run(Integer.parseInt(rate));
        }
        Tracing.shutdown();
    }

    private static void run(int rate) {
        BackendStats before = Tracing.stats();
        long start = System.nanoTime();
        long requests = (long) rate * SECONDS / SPANS;
        for (long i = 0; i < requests; i++) {
            long due = start + i * 1_000_000_000L * SPANS / rate;
            long early = due - System.nanoTime();
            if (early > 1_000_000) {
                LockSupport.parkNanos(early);
            }
            request();
        }
        long offeredAt = System.nanoTime();
        Tracing.flush(Duration.ofSeconds(60));
        long end = System.nanoTime();
        BackendStats after = Tracing.stats();
        long dropped = after.droppedTotal() - before.droppedTotal();
        System.out.printf(
                "%,d spans/s asked, %,.0f done, %,d requests, %,d dropped, drained %,.1f ms after the last%n",
                rate, requests * SPANS * 1e9 / (offeredAt - start), requests, dropped, (end - offeredAt) / 1e6);
    }

    private static void request() {
        try (Span request = Tracing.segment("GET /api/activities/home")) {
            for (int i = 0; i < 10; i++) {
                Tracing.span("UserData").close();
            }
        }
    }
}
