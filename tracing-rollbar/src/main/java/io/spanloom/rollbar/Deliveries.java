package io.spanloom.rollbar;

import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Reporter;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Faults on their way: a bounded queue and one thread, which is there only while there is something to report. What is
 * not delivered is counted, with its reason.
 */
final class Deliveries {

    /** Faults that wait at most; each keeps its exception in memory. */
    static final int QUEUE = 100;

    private static final long CLOSE_MILLIS = 2_000;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long RETRY_MILLIS = 500;

    private final Notifier notifier;
    private final RollbarSender sender;
    private final ThreadPoolExecutor executor;
    private final Map<String, Long> dropped = new TreeMap<>();
    private long offered;
    private long delivered;
    private long accepted;
    private long finished;
    private volatile boolean closing;

    Deliveries(Notifier notifier, RollbarSender sender) {
        this.notifier = notifier;
        this.sender = sender;
        this.executor = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
            Thread thread = new Thread(null, task, "spanloom-rollbar", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Deliveries.class.getClassLoader());
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Never blocks, never throws. */
    void offer(Fault fault) {
        synchronized (this) {
            offered++;
            accepted++;
        }
        try {
            executor.execute(() -> deliver(fault));
        } catch (RejectedExecutionException full) {
            refused(closing ? "shut down" : "queue full");
        } catch (OutOfMemoryError noThreads) {
            refused("no thread");
        }
    }

    private void deliver(Fault fault) {
        String reason = "no report could be made"; // unless it is known better, whatever is thrown
        try {
            reason = closing ? "shut down" : send(fault);
        } finally {
            finished(reason == null ? null : closing ? "shut down" : reason);
        }
    }

    /** One that had been taken. @param reason why it is lost; null where it was delivered */
    private void finished(@Nullable String reason) {
        synchronized (this) {
            finished++;
            if (reason == null) {
                delivered++;
            } else {
                dropped.merge(reason, 1L, Long::sum);
            }
            notifyAll();
        }
        if (reason != null) {
            say(reason);
        }
    }

    /** Null where it was delivered. What may be better a moment later is tried once more. */
    private @Nullable String send(Fault fault) {
        try {
            int status = post(fault);
            if ((status == 0 || status >= 500) && !closing) {
                pause();
                status = post(fault);
            }
            return status >= 200 && status < 300 ? null : status == 0 ? "no answer" : "answered " + status;
        } catch (Throwable broken) {
            Reporter.refused("TRC-281", "a fault could not be reported to Rollbar", broken);
            return "no report could be made";
        }
    }

    private int post(Fault fault) {
        sender.forget();
        notifier.report(fault);
        return sender.status();
    }

    private synchronized void pause() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
        try {
            for (long left = RETRY_MILLIS; left > 0 && !closing; left = millisUntil(end)) {
                wait(left);
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that was never taken. */
    private void refused(String reason) {
        synchronized (this) {
            accepted--;
            dropped.merge(reason, 1L, Long::sum);
            notifyAll();
        }
        say(reason);
    }

    private static void say(String reason) {
        Reporter.warn(
                "TRC-280",
                "a fault was not reported to Rollbar: " + reason
                        + (reason.equals("answered 401") || reason.equals("answered 403")
                                ? "; is tracing.rollbar.token a token of this project that may post items?"
                                : ""));
    }

    synchronized BackendStats stats() {
        return new BackendStats(offered, delivered, dropped, accepted - finished);
    }

    /** Whether all that was taken so far is delivered or dropped within the time. */
    synchronized boolean flush(Duration timeout) {
        long target = accepted;
        long end = System.nanoTime() + (timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST).toNanos();
        try {
            for (long left = millisUntil(end);
                    finished < Math.min(target, accepted) && left > 0;
                    left = millisUntil(end)) {
                wait(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return finished >= Math.min(target, accepted);
    }

    private static long millisUntil(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
    }

    void close() {
        flush(Duration.ofMillis(CLOSE_MILLIS));
        closing = true;
        synchronized (this) {
            notifyAll();
        }
        sender.close();
        executor.shutdown(); // what still waits is dropped by the thread, one by one
    }
}
