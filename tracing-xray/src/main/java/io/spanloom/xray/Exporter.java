package io.spanloom.xray;

import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Reporter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes documents from the application's threads and sends them on one of its own: a bounded queue, counted to the last
 * document.
 *
 * <p>To wake a sleeping thread costs its waker microseconds. So the thread, once awake, looks again every two
 * milliseconds for a while, and only sleeps until it is woken when nothing has come for that while: under load no
 * application's thread ever wakes it.
 */
final class Exporter {

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

    /** So many things that are not finished wait for their end. */
    private static final int MAX_HELD = 20_000;

    private static final long DEADLINE_NANOS = 2_000_000_000L;
    private static final long LOOK_NANOS = 2_000_000L;
    private static final long AWAKE_NANOS = 250_000_000L;

    /**
     * So many datagrams go without a pause: a socket's receive buffer of 208 KiB, Linux's default, holds some 270 small ones,
     * and drops the others without a word.
     */
    private static final int IN_A_ROW = 64;

    private static final long PAUSE_NANOS = 300_000L;

    /** Some 8,000 datagrams a second: the X-Ray daemon takes 5,000 without loss, and of 20,000 loses half. */
    private static final long LONG_PAUSE_NANOS = 8_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final DatagramSink socket;
    private final Delivery delivery = new Delivery(this);
    private final Limits limits;
    private final @Nullable Thread thread;

    /** Segments below which the SDK ended something after they had been sent; no lock, for the SDK calls us under its own. */
    private final Queue<SegmentSpan> lateOfSdk = new ConcurrentLinkedQueue<>();

    // All guarded by the lock.
    private final ArrayDeque<Document> queue = new ArrayDeque<>();
    private final List<Held> held = new ArrayList<>();
    private final Counts counts = new Counts();
    private final Set<DropReason> unsaid = EnumSet.noneOf(DropReason.class);
    private long queuedBytes;
    private int queuedDocuments;
    private long flushesAsked;
    private long flushesDone;

    /** Of its own thread alone. */
    private int inARow;

    private volatile boolean closed;
    private volatile boolean asleep;
    private volatile boolean look;

    Exporter(DatagramSink socket, Limits limits) {
        this.limits = limits;
        this.socket = socket;
        if (limits.synchronous()) {
            thread = null;
            return;
        }
        thread = new Thread(this::run, "spanloom-xray");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** A document heavier than this takes nothing more: one that the queue cannot hold would be dropped whole. */
    int heaviest() {
        return limits.bytes() / 2;
    }

    /** So many documents may be offered without filling more than a quarter of the queue. */
    int room() {
        lock.lock();
        try {
            return queuedBytes > limits.bytes() / 4 ? 0 : Math.max(0, limits.documents() / 4 - queuedDocuments);
        } finally {
            lock.unlock();
        }
    }

    // --- on the application's threads --------------------------------------------------------------------------------

    /** Takes a document, or counts it as dropped. Never blocks on sending. */
    void offer(Document document) {
        boolean hurry = false;
        boolean tooLate = false;
        lock.lock();
        try {
            if (closed || queuedDocuments >= limits.documents() || queuedBytes + document.weight() > limits.bytes()) {
                DropReason reason = closed ? DropReason.SHUTTING_DOWN : DropReason.QUEUE_FULL;
                counts.refused(reason);
                unsaid.add(reason);
                tooLate = closed;
            } else {
                counts.queued();
                queue.add(document);
                queuedDocuments++;
                queuedBytes += document.weight();
                hurry = queuedDocuments == limits.documents() / 2;
            }
        } finally {
            lock.unlock();
        }
        if (tooLate) {
            report(DropReason.SHUTTING_DOWN, null); // its own thread, which says the rest, has ended
        } else if (thread == null) {
            sendHere();
        } else if (asleep || hurry) {
            LockSupport.unpark(thread);
        }
    }

    private synchronized void sendHere() {
        sendQueued();
    }

    /** Keeps something that is not finished for a moment. It is offered when that has passed. */
    void hold(Held unfinished) {
        boolean kept = false;
        lock.lock();
        try {
            if (held.size() < MAX_HELD && !closed && thread != null) {
                held.add(unfinished);
                kept = true;
            }
        } finally {
            lock.unlock();
        }
        if (!kept) {
            unfinished.documents(true).forEach(this::offer);
        } else if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Something of the SDK's has ended below a segment that was sent: something that is held, or quite unknown. */
    void lookAgain(SegmentSpan segment) {
        lateOfSdk.add(segment);
        look = true;
        if (thread == null) {
            takeLateOfSdk();
        } else if (asleep) {
            LockSupport.unpark(thread);
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

    /** Waits until everything that was offered or held before is sent or counted as dropped. */
    boolean flush(Duration timeout) {
        long left = nanos(timeout);
        lock.lock();
        try {
            if (thread == null || !thread.isAlive()) {
                return queue.isEmpty();
            }
            long mine = ++flushesAsked;
            LockSupport.unpark(thread);
            while (flushesDone < mine) {
                if (left <= 0) {
                    return false;
                }
                left = progress.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException forever) {
            return Long.MAX_VALUE;
        }
    }

    /** Sends what is queued within two seconds, drops the rest, and ends the thread. */
    void close() {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        if (closed) {
            return;
        }
        if (thread == null) {
            closed = true;
            return;
        }
        boolean interrupted = Thread.interrupted();
        flush(Duration.ofNanos(DEADLINE_NANOS));
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (thread.isAlive()) {
            thread.interrupt();
        }
        dropTheRest();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void dropTheRest() {
        boolean any;
        List<Held> left;
        lock.lock();
        try {
            any = !queue.isEmpty();
            while (queue.poll() != null) {
                counts.dropped(DropReason.SHUTTING_DOWN);
            }
            left = List.copyOf(held);
            held.clear();
        } finally {
            lock.unlock();
        }
        if (any) {
            report(DropReason.SHUTTING_DOWN, null);
        }
        for (Held one : left) {
            one.documents(true).forEach(this::offer); // which counts them as dropped
        }
    }

    // --- on its own thread -------------------------------------------------------------------------------------------

    private void run() {
        while (true) {
            try {
                exportUntilClosed();
                return;
            } catch (Throwable thrown) { // out of memory, most likely: the thread must outlive it
                Reporter.warn("TRC-108", "sending X-Ray documents failed, and goes on", thrown);
            }
        }
    }

    private void exportUntilClosed() {
        long lastWork = System.nanoTime();
        while (true) {
            long flush;
            boolean ending = closed;
            lock.lock();
            try {
                flush = flushesAsked;
            } finally {
                lock.unlock();
            }
            takeLateOfSdk();
            boolean worked = sendQueued();
            if (offerRipe(flush)) {
                worked |= sendQueued();
            }
            done(flush);
            if (ending) {
                socket.close();
                return;
            }
            long now = System.nanoTime();
            if (worked) {
                lastWork = now;
            }
            rest(now - lastWork < AWAKE_NANOS);
        }
    }

    private void rest(boolean lightly) {
        if (lightly) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            return;
        }
        asleep = true;
        try {
            long nanos = untilNeeded();
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            }
        } finally {
            asleep = false;
        }
    }

    /** How long nothing has to be done unless somebody wakes this thread. */
    private long untilNeeded() {
        lock.lock();
        try {
            if (!queue.isEmpty() || flushesAsked != flushesDone || closed || look || !unsaid.isEmpty()) {
                return 0;
            }
            long now = System.nanoTime();
            long least = TimeUnit.MINUTES.toNanos(1);
            for (Held one : held) {
                least = Math.min(least, one.due() - now);
            }
            return Math.max(0, least);
        } finally {
            lock.unlock();
        }
    }

    /** Sends what is in the queue by now. */
    private boolean sendQueued() {
        int count;
        Set<DropReason> toSay;
        lock.lock();
        try {
            toSay = unsaid.isEmpty() ? Set.of() : EnumSet.copyOf(unsaid);
            unsaid.clear();
            count = queue.size();
        } finally {
            lock.unlock();
        }
        for (DropReason reason : toSay) {
            report(reason, null);
        }
        boolean worked = false;
        for (int i = 0; i < count; i++) {
            Document document = next();
            if (document == null) {
                break; // a shutdown has dropped the rest
            }
            worked = true;
            try {
                delivery.deliver(document);
            } finally {
                released(document);
            }
        }
        return worked;
    }

    private @Nullable Document next() {
        lock.lock();
        try {
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Offers what has ended or waited long enough; everything that is held, where somebody flushes. */
    private boolean offerRipe(long flush) {
        boolean all;
        List<Held> waiting;
        lock.lock();
        try {
            all = flush != flushesDone || closed;
            // All wait equally long, so the first of them is due first.
            if (held.isEmpty() || !all && !look && held.get(0).due() - System.nanoTime() > 0) {
                return false;
            }
            look = false;
            waiting = List.copyOf(held);
        } finally {
            lock.unlock();
        }
        // Without the lock: trees of the SDK's may be large, and have locks of their own.
        long now = System.nanoTime();
        Set<Held> ripe = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Held one : waiting) {
            if (all || one.isRipe(now)) {
                ripe.add(one);
            }
        }
        lock.lock();
        try {
            held.removeIf(ripe::contains);
        } finally {
            lock.unlock();
        }
        boolean any = false;
        for (Held one : waiting) {
            if (ripe.contains(one)) {
                for (Document document : one.documents(all)) {
                    any = true;
                    offerOwn(document);
                }
            }
        }
        return any;
    }

    private void takeLateOfSdk() {
        if (lateOfSdk.isEmpty()) {
            return;
        }
        Set<SegmentSpan> segments = Collections.newSetFromMap(new IdentityHashMap<>());
        for (SegmentSpan one = lateOfSdk.poll(); one != null; one = lateOfSdk.poll()) {
            segments.add(one);
        }
        for (SegmentSpan segment : segments) {
            try {
                Tree.takeLateOfSdk(segment);
            } catch (RuntimeException | StackOverflowError broken) {
                // Somebody's own implementation of a subsegment: not ours to mend.
            }
        }
    }

    /** As {@link #offer}, past a shutdown that has just begun. */
    private void offerOwn(Document document) {
        lock.lock();
        try {
            counts.queued();
            queue.add(document);
            queuedDocuments++;
            queuedBytes += document.weight();
        } finally {
            lock.unlock();
        }
    }

    private void done(long flush) {
        lock.lock();
        try {
            flushesDone = flush;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One more document than was offered: a part of one that is too big for one datagram. */
    void countPart() {
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

    /** Sends one datagram and counts what becomes of it. */
    void send(ByteBuffer datagram) {
        settle(socket.send(datagram));
        if (++inARow % IN_A_ROW == 0 && thread != null) {
            LockSupport.parkNanos(this, isHurried() ? PAUSE_NANOS : LONG_PAUSE_NANOS);
        }
    }

    /** Whether somebody waits for a flush, or more than a quarter of the queue is full. */
    private boolean isHurried() {
        lock.lock();
        try {
            return flushesAsked != flushesDone || closed || queuedDocuments > limits.documents() / 4;
        } finally {
            lock.unlock();
        }
    }

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
        if (reason != null) {
            report(reason, reason == DropReason.CANNOT_SEND ? socket.problem() : null);
        }
    }

    /** A document has left the queue and was dealt with. */
    private void released(Document document) {
        lock.lock();
        try {
            queuedDocuments--;
            queuedBytes -= document.weight();
        } finally {
            lock.unlock();
        }
    }

    private void report(DropReason reason, @Nullable Throwable cause) {
        String full = reason == DropReason.QUEUE_FULL
                ? "; up to " + limits.documents() + " documents or " + limits.bytes() + " bytes wait"
                        + " (tracing.xray.queue-documents, tracing.xray.queue-bytes)"
                : "";
        Reporter.warn(reason.code, reason.message + full + "; the daemon's address is " + socket.address(), cause);
    }
}
