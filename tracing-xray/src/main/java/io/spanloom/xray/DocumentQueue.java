package io.spanloom.xray;

import io.spanloom.spi.BackendStats;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The documents that wait, bounded by their number and by their bytes, and the account of all that ever came: one lock for
 * both, so that {@code offered = delivered + dropped + queued} holds whenever somebody looks.
 *
 * <p>A document counts as queued, and takes its room, from its offer until what becomes of it is settled.
 */
final class DocumentQueue {

    /** What became of an offer. */
    enum Answer {
        TAKEN,
        /** And half of the room is used by now: its reader had better hurry. */
        TAKEN_HALF_FULL,
        FULL,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Document> waiting = new ArrayDeque<>();
    private final Counts counts = new Counts();
    private final int mostDocuments;
    private final int mostBytes;
    private int documents;
    private long bytes;
    private volatile boolean closed;

    DocumentQueue(Exporter.Limits limits) {
        mostDocuments = limits.documents();
        mostBytes = limits.bytes();
    }

    Answer offer(Document document) {
        lock.lock();
        try {
            if (closed) {
                counts.refused(DropReason.SHUTTING_DOWN);
                return Answer.CLOSED;
            }
            if (documents >= mostDocuments || bytes + document.weight() > mostBytes) {
                counts.refused(DropReason.QUEUE_FULL);
                return Answer.FULL;
            }
            add(document);
            return documents == mostDocuments / 2 ? Answer.TAKEN_HALF_FULL : Answer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a document that its reader itself has made: past the bounds, and past a shutdown that has just begun. */
    void offerOwn(Document document) {
        lock.lock();
        try {
            add(document);
        } finally {
            lock.unlock();
        }
    }

    private void add(Document document) {
        counts.queued();
        waiting.add(document);
        documents++;
        bytes += document.weight();
    }

    /** The next document; what becomes of it is still to be settled, and its room to be {@link #release released}. */
    @Nullable
    Document next() {
        lock.lock();
        try {
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    /** A document that was taken out is dealt with. */
    void release(Document document) {
        lock.lock();
        try {
            documents--;
            bytes -= document.weight();
        } finally {
            lock.unlock();
        }
    }

    /** So many wait to be taken out. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** So many documents may be offered without filling more than a quarter of the queue. */
    int room() {
        lock.lock();
        try {
            return bytes > mostBytes / 4 ? 0 : Math.max(0, mostDocuments / 4 - documents);
        } finally {
            lock.unlock();
        }
    }

    boolean isQuarterFull() {
        lock.lock();
        try {
            return documents > mostDocuments / 4;
        } finally {
            lock.unlock();
        }
    }

    // --- the account -------------------------------------------------------------------------------------------------

    /** One more document than was offered: a part of one that is too big for one datagram. */
    void part() {
        lock.lock();
        try {
            counts.queued();
        } finally {
            lock.unlock();
        }
    }

    /** A document is needed no more: as if it had not been offered. */
    void withdraw() {
        lock.lock();
        try {
            counts.withdrawn();
        } finally {
            lock.unlock();
        }
    }

    /** A document is sent, or dropped for a reason. */
    void settle(@Nullable DropReason reason) {
        lock.lock();
        try {
            if (reason == null) {
                counts.delivered();
            } else {
                counts.dropped(reason);
            }
        } finally {
            lock.unlock();
        }
    }

    BackendStats stats() {
        lock.lock();
        try {
            return counts.stats();
        } finally {
            lock.unlock();
        }
    }

    // --- its end -----------------------------------------------------------------------------------------------------

    /** Takes nothing more. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Drops what waits; whether anything did. */
    boolean dropWaiting() {
        lock.lock();
        try {
            boolean any = !waiting.isEmpty();
            for (Document one = waiting.poll(); one != null; one = waiting.poll()) {
                counts.dropped(DropReason.SHUTTING_DOWN);
                documents--;
                bytes -= one.weight();
            }
            return any;
        } finally {
            lock.unlock();
        }
    }
}
