package io.spanloom.xray;

import io.spanloom.spi.Reporter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that sends.
 *
 * <p>To wake a sleeping thread costs its waker microseconds. So this one, once awake, looks again every two milliseconds for
 * a while, and only sleeps until it is woken when nothing has come for that while: under load no application's thread ever
 * wakes it.
 */
final class Drain {

    private static final long LOOK_NANOS = 2_000_000L;
    private static final long AWAKE_NANOS = 250_000_000L;

    private final DatagramSink daemon;
    private final DocumentQueue queue;
    private final Delivery delivery;
    private final HeldSpans held;
    private final LateSubsegments late;
    private final Flushes flushes;
    private final DropReports reports;
    private final Thread thread = new Thread(this::run, "spanloom-xray");
    private volatile boolean asleep;

    Drain(
            DatagramSink daemon,
            DocumentQueue queue,
            Delivery delivery,
            HeldSpans held,
            LateSubsegments late,
            Flushes flushes,
            DropReports reports) {
        this.daemon = daemon;
        this.queue = queue;
        this.delivery = delivery;
        this.held = held;
        this.late = late;
        this.flushes = flushes;
        this.reports = reports;
    }

    void start() {
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** To be called after something was left for the thread to do. */
    void wakeIfAsleep() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /** Waits for the thread's end, which the queue's is; false where the waiting thread was interrupted. */
    boolean end(long millis) {
        wake();
        boolean waited = true;
        try {
            thread.join(millis);
        } catch (InterruptedException interrupted) {
            waited = false;
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
        return waited;
    }

    private void run() {
        while (true) {
            try {
                sendUntilClosed();
                return;
            } catch (Throwable thrown) { // out of memory, most likely: the thread must outlive it
                Reporter.warn("TRC-108", "sending X-Ray documents failed, and goes on", thrown);
            }
        }
    }

    private void sendUntilClosed() {
        long lastWork = System.nanoTime();
        while (true) {
            boolean ending = queue.isClosed();
            boolean worked = round();
            if (ending) {
                daemon.close();
                flushes.end();
                return;
            }
            long now = System.nanoTime();
            if (worked) {
                lastWork = now;
            }
            rest(now - lastWork < AWAKE_NANOS);
        }
    }

    /** Sends what there is to send by now; whether there was anything. */
    private boolean round() {
        long asked = flushes.asked();
        reports.sayPending();
        late.offerAll();
        boolean worked = delivery.deliverWaiting();
        if (offerRipe(flushes.isPending() || queue.isClosed())) {
            worked |= delivery.deliverWaiting();
        }
        flushes.done(asked);
        return worked;
    }

    /** Offers what is held and may go; everything, where somebody flushes. */
    private boolean offerRipe(boolean all) {
        boolean any = false;
        List<Held> ripe = held.takeRipe(all);
        for (Held one : ripe) {
            for (Document document : one.documents(all)) {
                any = true;
                queue.offerOwn(document);
            }
        }
        return any;
    }

    private void rest(boolean lightly) {
        if (lightly) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            return;
        }
        asleep = true;
        try {
            long nanos = nanosUntilNeeded();
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            }
        } finally {
            asleep = false;
        }
    }

    /** How long nothing has to be done unless somebody wakes this thread. */
    private long nanosUntilNeeded() {
        if (queue.waiting() > 0 || flushes.isPending() || queue.isClosed() || held.isLookDue() || reports.isPending()) {
            return 0;
        }
        return held.nanosUntilDue(TimeUnit.MINUTES.toNanos(1));
    }
}
