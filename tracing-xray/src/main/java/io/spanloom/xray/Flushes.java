package io.spanloom.xray;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Who waits until what came before is sent: numbered, so that one round of the sending thread answers all that asked before it. */
final class Flushes {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private long asked;
    private long done;
    private boolean over;

    /** The number to {@link #await}. */
    long ask() {
        lock.lock();
        try {
            return ++asked;
        } finally {
            lock.unlock();
        }
    }

    /** Waits; false where the time was too short, or the thread was interrupted. */
    boolean await(long number, long nanos) {
        long left = nanos;
        lock.lock();
        try {
            while (done < number && !over) {
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

    /** The number of the last that was asked for. */
    long asked() {
        lock.lock();
        try {
            return asked;
        } finally {
            lock.unlock();
        }
    }

    boolean isPending() {
        lock.lock();
        try {
            return asked != done;
        } finally {
            lock.unlock();
        }
    }

    /** Everything up to this number is answered. */
    void done(long number) {
        lock.lock();
        try {
            done = number;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody answers any more: those that wait, and those that still come, need not. */
    void end() {
        lock.lock();
        try {
            over = true;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
