package io.spanloom.xray;

import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Reporter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
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

    static final int MAX_DOCUMENTS = 2_048;
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final long DEADLINE_NANOS = 2_000_000_000L;
    private static final long LOOK_NANOS = 2_000_000L;
    private static final long AWAKE_NANOS = 250_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final DaemonSocket socket;
    private final Delivery delivery = new Delivery(this);
    private final Thread thread;

    // All guarded by the lock.
    private final ArrayDeque<Document> queue = new ArrayDeque<>();
    private final List<Held> held = new ArrayList<>();
    private final Counts counts = new Counts();
    private final Set<DropReason> unsaid = EnumSet.noneOf(DropReason.class);
    private long queuedBytes;
    private int queuedDocuments;
    private long flushesAsked;
    private long flushesDone;

    private volatile boolean closed;
    private volatile boolean asleep;
    private volatile boolean look;

    Exporter(DaemonAddress address) {
        socket = new DaemonSocket(address);
        thread = new Thread(this::run, "spanloom-xray");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    // --- on the application's threads --------------------------------------------------------------------------------

    /** Takes a document, or counts it as dropped. Never blocks on sending. */
    void offer(Document document) {
        boolean hurry = false;
        boolean tooLate = false;
        lock.lock();
        try {
            if (closed || queuedDocuments >= MAX_DOCUMENTS || queuedBytes + document.weight() > MAX_BYTES) {
                DropReason reason = closed ? DropReason.SHUTTING_DOWN : DropReason.QUEUE_FULL;
                counts.refused(reason);
                unsaid.add(reason);
                tooLate = closed;
            } else {
                counts.queued();
                queue.add(document);
                queuedDocuments++;
                queuedBytes += document.weight();
                hurry = queuedDocuments == MAX_DOCUMENTS / 2;
            }
        } finally {
            lock.unlock();
        }
        if (tooLate) {
            report(DropReason.SHUTTING_DOWN, null); // its own thread, which says the rest, has ended
        } else if (asleep || hurry) {
            LockSupport.unpark(thread);
        }
    }

    /** Keeps something that is not finished for a moment. It is offered when that has passed. */
    void hold(Held unfinished) {
        lock.lock();
        try {
            if (held.size() >= MAX_DOCUMENTS || closed) {
                Document document = unfinished.document();
                if (document != null) {
                    DropReason reason = closed ? DropReason.SHUTTING_DOWN : DropReason.QUEUE_FULL;
                    counts.refused(reason);
                    unsaid.add(reason);
                }
                return;
            }
            held.add(unfinished);
        } finally {
            lock.unlock();
        }
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Something that is held may have ended. */
    void lookAgain() {
        look = true;
        if (asleep) {
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
            if (!thread.isAlive()) {
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
        lock.lock();
        try {
            any = !queue.isEmpty();
            while (queue.poll() != null) {
                counts.dropped(DropReason.SHUTTING_DOWN);
            }
        } finally {
            lock.unlock();
        }
        if (any) {
            report(DropReason.SHUTTING_DOWN, null);
        }
    }

    // --- on its own thread -------------------------------------------------------------------------------------------

    private void run() {
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
            delivery.deliver(document);
            released(document);
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
        List<Held> ripe = new ArrayList<>();
        lock.lock();
        try {
            boolean all = flush != flushesDone || closed;
            look = false;
            long now = System.nanoTime();
            for (Iterator<Held> each = held.iterator(); each.hasNext(); ) {
                Held one = each.next();
                if (all || one.isRipe(now)) {
                    each.remove();
                    ripe.add(one);
                }
            }
        } finally {
            lock.unlock();
        }
        boolean any = false;
        for (Held one : ripe) {
            Document document = one.document();
            if (document != null) {
                any = true;
                offerOwn(document);
            }
        }
        return any;
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

    /** Sends one datagram and counts what becomes of it. */
    void send(ByteBuffer datagram) {
        settle(socket.send(datagram));
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
        Reporter.warn(reason.code, reason.message + "; the daemon's address is " + socket.address(), cause);
    }
}
