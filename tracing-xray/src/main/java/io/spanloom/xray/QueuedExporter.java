package io.spanloom.xray;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends on a thread of its own: what the application's threads do is to put a document into a queue, and, where the thread
 * sleeps, to wake it.
 */
final class QueuedExporter extends Exporter {

    private static final long DEADLINE_NANOS = 2_000_000_000L;

    private final HeldSpans held = new HeldSpans();
    private final LateSubsegments late = new LateSubsegments();
    private final Flushes flushes = new Flushes();
    private final Drain drain;

    QueuedExporter(DatagramSink daemon, Limits limits) {
        super(daemon, limits);
        Pace pace = new Pace(() -> flushes.isPending() || queue.isClosed() || queue.isQuarterFull());
        Delivery delivery = new Delivery(daemon, queue, reports, pace::sent);
        drain = new Drain(daemon, queue, delivery, held, late, flushes, reports);
        drain.start();
    }

    /** Never blocks on sending. */
    @Override
    void offer(Document document) {
        switch (queue.offer(document)) {
            case TAKEN -> drain.wakeIfAsleep();
            case TAKEN_HALF_FULL -> drain.wake();
            case FULL -> {
                reports.later(DropReason.QUEUE_FULL);
                drain.wakeIfAsleep();
            }
            case CLOSED -> reports.say(DropReason.SHUTTING_DOWN, null); // the thread, which says the rest, has ended
        }
    }

    @Override
    void hold(Held unfinished) {
        if (held.add(unfinished)) {
            drain.wakeIfAsleep();
        } else {
            unfinished.documents(true).forEach(this::offer);
        }
    }

    @Override
    void lookAgain(SegmentSpan segment) {
        late.add(segment);
        held.lookAgain();
        drain.wakeIfAsleep();
    }

    @Override
    boolean flush(Duration timeout) {
        long number = flushes.ask();
        drain.wake();
        return flushes.await(number, nanos(timeout)) && (!queue.isClosed() || queue.waiting() == 0);
    }

    @Override
    void close() {
        if (queue.isClosed()) {
            return;
        }
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        boolean interrupted = Thread.interrupted();
        flush(Duration.ofNanos(DEADLINE_NANOS));
        queue.close();
        if (!drain.end(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())))) {
            interrupted = true;
        }
        if (queue.dropWaiting()) {
            reports.say(DropReason.SHUTTING_DOWN, null);
        }
        held.close().forEach(one -> one.documents(true).forEach(this::offer)); // which counts them as dropped
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
