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
    private long settled;
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
        }
        try {
            executor.execute(() -> deliver(fault));
        } catch (RejectedExecutionException full) {
            drop(closing ? "shut down" : "queue full");
        } catch (OutOfMemoryError noThreads) {
            drop("no thread");
        }
    }

    private void deliver(Fault fault) {
        String reason = closing ? "shut down" : send(fault);
        if (reason == null) {
            synchronized (this) {
                delivered++;
                settled++;
                notifyAll();
            }
        } else {
            drop(closing ? "shut down" : reason);
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
        } catch (RuntimeException | LinkageError broken) {
            Reporter.warn("TRC-281", "a fault could not be reported to Rollbar", broken);
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

    private void drop(String reason) {
        synchronized (this) {
            dropped.merge(reason, 1L, Long::sum);
            settled++;
            notifyAll();
        }
        Reporter.warn(
                "TRC-280",
                "a fault was not reported to Rollbar: " + reason
                        + (reason.equals("answered 401") || reason.equals("answered 403")
                                ? "; is tracing.rollbar.token a token of this project that may post items?"
                                : ""));
    }

    synchronized BackendStats stats() {
        return new BackendStats(offered, delivered, dropped, offered - settled);
    }

    /** Whether all that was offered so far is delivered or dropped within the time. */
    synchronized boolean flush(Duration timeout) {
        long target = offered;
        long end = System.nanoTime() + (timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST).toNanos();
        try {
            for (long left = millisUntil(end); settled < target && left > 0; left = millisUntil(end)) {
                wait(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return settled >= target;
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
