package io.spanloom.otel;

import io.spanloom.spi.BackendStats;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of each sampled span that ended. A span is queued until the exporter has answered for it; so
 * {@code offered = delivered + dropped + queued} holds at every moment, by construction.
 */
final class Deliveries {

    static final String QUEUE_FULL = "queue-full";
    static final String EXPORT_FAILED = "export-failed";
    static final String CLOSED = "closed";

    private final int capacity;
    private final AtomicLong queued = new AtomicLong();
    private final Map<String, Long> dropped = new HashMap<>();
    private long delivered;
    private volatile boolean closed;

    /** @param capacity the SDK's own queue takes as many, so that it never has to drop one behind our back */
    Deliveries(int capacity) {
        this.capacity = capacity;
    }

    /** Takes a span in; false where that is over, or the queue is full, which is counted. */
    boolean admit() {
        long waiting = queued.incrementAndGet();
        if (closed) {
            giveUp();
            return false;
        }
        if (waiting > capacity) {
            settle(1, QUEUE_FULL);
            return false;
        }
        return true;
    }

    boolean isClosed() {
        return closed;
    }

    void delivered(int spans) {
        synchronized (this) {
            if (!closed) {
                delivered += spans;
                queued.addAndGet(-spans);
            }
        }
    }

    void failed(int spans) {
        synchronized (this) {
            if (!closed) {
                settle(spans, EXPORT_FAILED);
            }
        }
    }

    /** Gives up on what is still queued; what the exporter answers from now on no longer counts. */
    void close() {
        closed = true;
        giveUp();
    }

    private synchronized void giveUp() {
        long left = queued.get();
        if (left > 0) {
            settle(left, CLOSED);
        }
    }

    private synchronized void settle(long spans, String reason) {
        dropped.merge(reason, spans, Long::sum);
        queued.addAndGet(-spans);
    }

    synchronized BackendStats stats() {
        long waiting = queued.get();
        return new BackendStats(settled() + waiting, delivered, dropped, waiting);
    }

    /** How many are delivered or dropped. */
    synchronized long settled() {
        return delivered + dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
