package io.spanloom.desk;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that have been received and not been read yet. The system's own buffer for a socket holds a few hundred on most
 * machines (on Linux {@code net.core.rmem_max} is 208 KiB), which a burst fills in milliseconds. Bounded by bytes; safe for use
 * by several threads.
 */
final class DatagramQueue {
    /** Some 35,000 documents of usual size, nearly two seconds at 20,000 a second. */
    static final long MAX_BYTES = 16L * 1024 * 1024;

    /** What an array costs beside its bytes. */
    private static final int OVERHEAD = 32;

    private final Deque<byte[]> datagrams = new ArrayDeque<>();
    private final long maxBytes;
    private long bytes;
    private boolean closed;

    DatagramQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** False if there is no room. */
    synchronized boolean offer(byte[] datagram) {
        if (closed || bytes + datagram.length + OVERHEAD > maxBytes) {
            return false;
        }
        bytes += datagram.length + OVERHEAD;
        datagrams.addLast(datagram);
        notifyAll();
        return true;
    }

    /** Waits for one; null if there will be none any more. */
    synchronized byte @Nullable [] take() throws InterruptedException {
        while (datagrams.isEmpty() && !closed) {
            wait();
        }
        byte[] first = datagrams.pollFirst();
        if (first == null) {
            return null;
        }
        bytes -= first.length + OVERHEAD;
        return first;
    }

    /** Takes no more; what is there can still be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized int size() {
        return datagrams.size();
    }
}
