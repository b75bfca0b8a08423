package io.spanloom.xray;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A datagram in the making, used again and again; refuses what is longer than one may be. */
final class DatagramBuffer extends OutputStream {

    /** Of one datagram with its header line: where the X-Ray SDK begins to split, below UDP's own 65,507 bytes. */
    static final int MAX_BYTES = 63 * 1024;

    /** What the daemon asks for before each document. */
    private static final byte[] HEADER = "{\"format\":\"json\",\"version\":1}\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] FIRST_CHILD = ",\"subsegments\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT_CHILD = {','};
    private static final byte[] END = {']', '}'};

    private byte[] bytes = new byte[1024];
    private int length;
    private boolean open;

    /** No more of what is too long need be written. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1;

        TooLong() {
            super("longer than a datagram");
        }

        /** It is thrown in the ordinary course of events. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** Begins a datagram. */
    void restart() throws IOException {
        clear();
        write(HEADER);
    }

    /** Begins a part of one. */
    void clear() {
        length = 0;
        open = false;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int start, int count) throws IOException {
        if (length + count > MAX_BYTES) {
            throw new TooLong();
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(length + count, 4 * bytes.length)));
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    /** Whether so many bytes of a child would still fit into the document that is complete but for its children. */
    boolean hasRoomForChild(int count) {
        int more = open ? NEXT_CHILD.length : FIRST_CHILD.length + END.length - 1;
        return length + more + count + (open ? END.length : 0) <= MAX_BYTES;
    }

    /** Puts a child into the document, which had none. */
    void child(DatagramBuffer child) throws IOException {
        if (open) {
            write(NEXT_CHILD);
        } else {
            length--; // the closing brace, which comes again at the end
            write(FIRST_CHILD);
            open = true;
        }
        write(child.bytes, 0, child.length);
    }

    /** The datagram, with its document closed. */
    ByteBuffer datagram() throws IOException {
        if (open) {
            write(END);
            open = false;
        }
        return ByteBuffer.wrap(bytes, 0, length);
    }

    int length() {
        return length;
    }
}
