package io.spanloom.weave;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Says which rules of the configuration have met nothing, and what the limit has kept out: when the program has had time to
 * load its classes, and when it ends, whichever comes first. On a daemon thread, which then ends; none where there are no
 * rules.
 */
final class RuleWatch {

    /** Most applications have started by then, and those that have not are told "so far". */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private volatile boolean started;
    private volatile boolean closed;
    private @Nullable Thread thread;
    private @Nullable Thread hook;

    /** Called for every class that is loaded. */
    void see(Selection selection) {
        if (!selection.isEmpty() && !started) {
            start();
        }
    }

    private synchronized void start() {
        if (started) {
            return;
        }
        started = true;
        Thread waiting = new Thread(null, this::waitAndSay, "spanloom-weave-rules", 0, false);
        waiting.setDaemon(true);
        waiting.setContextClassLoader(null);
        thread = waiting;
        waiting.start();
        Thread atExit = new Thread(null, this::say, "spanloom-weave-rules-at-exit", 0, false);
        hook = atExit;
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // Going down already.
        }
    }

    /** Says what is left to be said, and leaves neither its thread nor its hook behind. */
    synchronized void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (hook == null) {
            started = true; // never, from now on
            return;
        }
        say();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // It runs already.
        }
    }

    private void waitAndSay() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (long left = PATIENCE_NANOS; left > 0 && !closed; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        say();
    }

    /** What was said once is not said again. */
    void say() {
        for (WeaveSettings each : WeaveSettings.all()) {
            for (String[] warning : each.selection().warnings()) {
                AppLog.warn(warning[0], warning[1]);
            }
        }
    }
}
