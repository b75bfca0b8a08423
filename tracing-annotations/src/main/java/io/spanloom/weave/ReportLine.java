package io.spanloom.weave;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Says once how much is woven: a second after the last class, when start-up is over, or when the JVM ends, whichever comes
 * first. On a daemon thread of its own, which ends with that.
 */
final class ReportLine implements Runnable {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Ledger ledger;
    private final String mode;
    private volatile long last;
    private volatile WeakReference<@Nullable ClassLoader> loader = new WeakReference<>(null);
    private @Nullable Thread thread;
    private boolean said;

    ReportLine(Ledger ledger, String mode) {
        this.ledger = ledger;
        this.mode = mode;
    }

    void woven(ClassLoader woven) {
        last = System.nanoTime();
        loader = new WeakReference<>(woven);
        start();
    }

    private synchronized void start() {
        if (thread != null) {
            return;
        }
        Thread quiet = new Thread(null, this, "spanloom-weave-report", 0, false);
        quiet.setDaemon(true);
        quiet.setContextClassLoader(null);
        thread = quiet;
        quiet.start();
        try {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(null, this::say, "spanloom-weave-report-at-exit", 0, false));
        } catch (IllegalStateException exiting) {
            // Going down already.
        }
    }

    @Override
    public void run() {
        for (long left = QUIET_NANOS; left > 0; left = last + QUIET_NANOS - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        say();
    }

    private void say() {
        synchronized (this) {
            if (said) {
                return;
            }
            said = true;
        }
        AppLog.info(loader.get(), ledger.report(mode).toString());
    }
}
