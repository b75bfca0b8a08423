package io.spanloom.desk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * Bytes of a request, within limits: a body of a few kilobytes can claim to be gigabytes, and many clients may send large
 * ones at once. Of large bodies one is in memory at a time, from where it is seen to be large until it is closed.
 */
final class RequestBody implements AutoCloseable {
    /** Far above what exporters send (the Java SDK: 512 spans a batch), far below what would hurt a laptop. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /** For gzip, after expansion. */
    static final int MAX_EXPANDED_BYTES = 64 * 1024 * 1024;

    /** Up to here a body needs no turn: as many as there are threads still fit into a small heap. */
    private static final int SMALL_BYTES = 512 * 1024;

    private static final long TURN_SECONDS = 15;

    /** Of the JVM, as its heap is. */
    private static final Semaphore TURN = new Semaphore(1, true);

    private boolean large;

    byte[] read(InputStream body) throws IOException, RejectedException {
        return readAtMost(body, MAX_BYTES, "body");
    }

    byte[] expand(byte[] gzip) throws IOException, RejectedException {
        try (InputStream expanded = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return readAtMost(expanded, MAX_EXPANDED_BYTES, "expanded body");
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new RejectedException(Rejection.BAD_GZIP, String.valueOf(e.getMessage()));
        }
    }

    private byte[] readAtMost(InputStream in, int max, String what) throws IOException, RejectedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (bytes.size() + n > max) {
                throw new RejectedException(Rejection.OVERSIZE, what + " of more than " + (max >> 20) + " MiB");
            }
            if (bytes.size() + n > SMALL_BYTES) {
                waitForTurn();
            }
            bytes.write(buffer, 0, n);
        }
        return bytes.toByteArray();
    }

    private void waitForTurn() throws IOException, RejectedException {
        if (large) {
            return;
        }
        try {
            large = TURN.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (!large) {
            throw new RejectedException(Rejection.BUSY, "waited " + TURN_SECONDS + " s");
        }
    }

    /** Lets the next large one in; the bytes must not be needed any more. */
    @Override
    public void close() {
        if (large) {
            large = false;
            TURN.release();
        }
    }
}
