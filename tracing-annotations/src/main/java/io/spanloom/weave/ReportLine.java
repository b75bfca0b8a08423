package io.spanloom.weave;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Says how much is woven: a second after the last class, when start-up is over, or when the JVM ends, whichever comes
 * first. Where more is woven later, the new total is said once that is quiet, at most once a minute. On a daemon thread,
 * which ends when there is nothing more to say.
 */
final class ReportLine implements Runnable {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long BETWEEN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Ledger ledger;
    private final String mode;
    private final long quietNanos;
    private final long betweenNanos;
    private final BiConsumer<@Nullable ClassLoader, String> out;
    private volatile long last;
    private volatile WeakReference<@Nullable ClassLoader> loader = new WeakReference<>(null);
    private @Nullable Thread thread;
    private @Nullable Thread hook;
    private volatile boolean closed;
    private @Nullable WeaveReport said;
    private long saidAt;

    ReportLine(Ledger ledger, String mode) {
        this(ledger, mode, QUIET_NANOS, BETWEEN_NANOS, new ToAppLog());
    }

    ReportLine(
            Ledger ledger,
            String mode,
            long quietNanos,
            long betweenNanos,
            BiConsumer<@Nullable ClassLoader, String> out) {
        this.ledger = ledger;
        this.mode = mode;
        this.quietNanos = quietNanos;
        this.betweenNanos = betweenNanos;
        this.out = out;
    }

    void woven(ClassLoader woven) {
        last = System.nanoTime();
        loader = new WeakReference<>(woven);
        start();
    }

    private synchronized void start() {
        if (thread != null || closed) {
            return;
        }
        Thread quiet = new Thread(null, this, "spanloom-weave-report", 0, false);
        quiet.setDaemon(true);
        quiet.setContextClassLoader(null);
        thread = quiet;
        quiet.start();
        if (hook == null) {
            hook = new Thread(null, this::say, "spanloom-weave-report-at-exit", 0, false);
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException exiting) {
                // Going down already.
            }
        }
    }

    /** Says what is left to be said, and leaves neither its thread nor its hook behind. */
    synchronized void close() {
        if (hook != null) {
            say();
        }
        closed = true;
        LockSupport.unpark(thread);
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException exiting) {
                // It runs already.
            }
        }
    }

    @Override
    public void run() {
        do {
            for (long left = left(); left > 0 && !closed; left = left()) {
                LockSupport.parkNanos(this, left);
            }
            say();
        } while (!isDone());
    }

    private synchronized long left() {
        long now = System.nanoTime();
        long quiet = last + quietNanos - now;
        return said == null ? quiet : Math.max(quiet, saidAt + betweenNanos - now);
    }

    /** What is woven from now on finds no thread, and starts one. */
    private synchronized boolean isDone() {
        boolean done = closed || isSaid(ledger.report(mode));
        if (done) {
            thread = null;
        }
        return done;
    }

    /** Not by the record's equals: for that the JDK keeps the class that was compared last, and with it its loader. */
    private boolean isSaid(WeaveReport report) {
        WeaveReport before = said;
        return before != null
                && before.methods() == report.methods()
                && before.classes() == report.classes()
                && before.included() == report.included()
                && before.foreign() == report.foreign();
    }

    private void say() {
        WeaveReport report = ledger.report(mode);
        synchronized (this) {
            if (closed || isSaid(report)) {
                return;
            }
            said = report;
            saidAt = System.nanoTime();
        }
        out.accept(loader.get(), report.toString());
    }

    /** A class, not a lambda, of which the first costs a start several milliseconds. */
    private static final class ToAppLog implements BiConsumer<@Nullable ClassLoader, String> {
        @Override
        public void accept(@Nullable ClassLoader from, String text) {
            AppLog.info(from, text);
        }
    }
}
