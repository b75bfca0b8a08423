package io.spanloom.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What tracing adds to a call that does much by itself: {@value #CALLS} calls without it, then as many with it, in turns in one
 * JVM, so that what else the machine does meets both.
 */
final class InTurns {

    static final int CALLS = 10;

    private static final int KEPT = 3_000;

    /** {@value #CALLS} calls. */
    @FunctionalInterface
    interface Calls {
        int run() throws Exception;
    }

    private InTurns() {}

    static void measure(String name, long seconds, Calls untraced, Calls traced) throws Exception {
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
                seen += (which == 0 ? untraced : traced).run();
                nanos[which][rounds % KEPT] = (System.nanoTime() - begun) / (double) CALLS;
                bytes[which][rounds % KEPT] = (threads.getCurrentThreadAllocatedBytes() - allocated) / (double) CALLS;
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
                    name,
                    which == 0 ? "untraced" : "traced",
                    times[times.length / 2],
                    times[times.length / 10],
                    sizes[sizes.length / 2],
                    times.length,
                    rounds,
                    seen);
        }
    }
}
