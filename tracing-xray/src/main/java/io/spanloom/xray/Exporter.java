package io.spanloom.xray;

import io.spanloom.spi.BackendStats;
import java.time.Duration;

/** Takes documents from the application's threads, and sees that they reach the daemon, counted to the last one. */
abstract class Exporter {

    /**
     * What may wait.
     *
     * @param documents this many
     * @param bytes and about this many bytes
     * @param synchronous whether each document is sent by the thread that offers it: where the platform freezes all
     *     threads between invocations, as AWS Lambda does
     */
    record Limits(int documents, int bytes, boolean synchronous) {
        static final Limits DEFAULT = new Limits(2_048, 8 * 1024 * 1024, false);
    }

    private final Limits limits;
    final DocumentQueue queue;
    final DropReports reports;

    Exporter(DatagramSink daemon, Limits limits) {
        this.limits = limits;
        this.queue = new DocumentQueue(limits);
        this.reports = new DropReports(limits, daemon);
    }

    static Exporter of(DatagramSink daemon, Limits limits) {
        return limits.synchronous() ? new SynchronousExporter(daemon, limits) : new QueuedExporter(daemon, limits);
    }

    /** A document heavier than this takes nothing more: one that the queue cannot hold would be dropped whole. */
    final int heaviest() {
        return limits.bytes() / 2;
    }

    /** So many documents may be offered without filling more than a quarter of the queue. */
    final int room() {
        return queue.room();
    }

    final BackendStats stats() {
        return queue.stats();
    }

    /** Takes a document, or counts it as dropped. */
    abstract void offer(Document document);

    /** Keeps something that is not finished for a moment. It is offered when that has passed. */
    abstract void hold(Held unfinished);

    /** Something of the SDK's has ended below a segment that was sent: something that is held, or quite unknown. */
    abstract void lookAgain(SegmentSpan segment);

    /** Waits until everything that was offered or held before is sent or counted as dropped. */
    abstract boolean flush(Duration timeout);

    /** Sends what is queued within two seconds, drops the rest, and lets everything go. */
    abstract void close();

    static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException forever) {
            return Long.MAX_VALUE;
        }
    }
}
