package io.spanloom.xray;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Sends on the thread that offers: for AWS Lambda, which freezes all threads between invocations. */
final class SynchronousExporter extends Exporter {

    private final DatagramSink daemon;
    private final Delivery delivery;
    private final LateSubsegments late = new LateSubsegments();
    private final ReentrantLock sending = new ReentrantLock();

    SynchronousExporter(DatagramSink daemon, Limits limits) {
        super(daemon, limits);
        this.daemon = daemon;
        this.delivery = new Delivery(daemon, queue, reports, () -> {});
    }

    @Override
    void offer(Document document) {
        switch (queue.offer(document)) {
            case TAKEN, TAKEN_HALF_FULL -> sendWaiting();
            case FULL -> reports.say(DropReason.QUEUE_FULL, null);
            case CLOSED -> reports.say(DropReason.SHUTTING_DOWN, null);
        }
    }

    private void sendWaiting() {
        if (sending.isHeldByCurrentThread()) {
            return; // something that is just being written has left something else behind: it follows
        }
        sending.lock();
        try {
            while (delivery.deliverWaiting()) {
                // until nothing has come meanwhile
            }
        } finally {
            sending.unlock();
        }
    }

    /** Waits for nothing: no thread would come for it. */
    @Override
    void hold(Held unfinished) {
        unfinished.documents(true).forEach(this::offer);
    }

    @Override
    void lookAgain(SegmentSpan segment) {
        late.add(segment);
        late.offerAll();
    }

    /** What was offered is sent, but for what other threads are just sending. */
    @Override
    boolean flush(Duration timeout) {
        try {
            if (sending.tryLock(nanos(timeout), TimeUnit.NANOSECONDS)) {
                sending.unlock();
                return true;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    void close() {
        queue.close();
        sending.lock();
        try {
            delivery.deliverWaiting();
            daemon.close();
        } finally {
            sending.unlock();
        }
    }
}
