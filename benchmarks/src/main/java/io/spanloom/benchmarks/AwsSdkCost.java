package io.spanloom.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What the interceptor adds to a call of the AWS SDK: {@link AwsSdkBenchmark}'s two calls in turns, ten of one, then ten of
 * the other, in one JVM, so that what else the machine does meets both. The first arguments are the backend and the seconds.
 */
public final class AwsSdkCost {

    private static final int KEPT = 3_000;
    private static final double CALLS = 10;

    private AwsSdkCost() {}

    public static void main(String[] args) {
        SpanloomBackend backend = new SpanloomBackend();
        backend.backend = args[0];
        backend.configure();
        SpanloomRequest request = new SpanloomRequest();
        request.open(backend);
        AwsSdkBenchmark calls = new AwsSdkBenchmark();
        calls.clients();
        long seconds = Long.parseLong(args[1]);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[][] nanos = new double[2][KEPT];
        double[][] bytes = new double[2][KEPT];
        int rounds = 0;
        int seen = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
            for (int which = 0; which < 2; which++) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long begun = System.nanoTime();
                seen += which == 0 ? calls.untraced() : calls.traced(request);
                nanos[which][rounds % KEPT] = (System.nanoTime() - begun) / CALLS;
                bytes[which][rounds % KEPT] = (threads.getCurrentThreadAllocatedBytes() - allocated) / CALLS;
            }
            rounds++;
        }
        for (int which = 0; which < 2; which++) {
            double[] times = Arrays.copyOf(nanos[which], Math.min(rounds, KEPT));
            double[] sizes = Arrays.copyOf(bytes[which], times.length);
            Arrays.sort(times);
            Arrays.sort(sizes);
            System.out.printf(
                    "%s %s: ns median %.0f, tenth of them below %.0f; B median %.0f (last %d of %d rounds, %d items)%n",
                    args[0],
                    which == 0 ? "untraced" : "traced",
                    times[times.length / 2],
                    times[times.length / 10],
                    sizes[sizes.length / 2],
                    times.length,
                    rounds,
                    seen);
        }
        request.close();
        backend.shutdown();
    }
}
