package io.spanloom.desk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Bytes of a request, within limits: a body of a few kilobytes can claim to be gigabytes. */
final class OtlpBody {
    /** Far above what exporters send (the Java SDK: 512 spans a batch), far below what would hurt a laptop. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    /** For gzip, after expansion. */
    static final int MAX_EXPANDED_BYTES = 64 * 1024 * 1024;

    private OtlpBody() {}

    static byte[] read(InputStream body) throws IOException, RejectedException {
        return readAtMost(body, MAX_BYTES, "body");
    }

    static byte[] expand(byte[] gzip) throws RejectedException {
        try (InputStream expanded = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return readAtMost(expanded, MAX_EXPANDED_BYTES, "expanded body");
        } catch (IOException e) {
            throw new RejectedException(Rejection.BAD_GZIP, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] readAtMost(InputStream in, int max, String what) throws IOException, RejectedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (bytes.size() + n > max) {
                throw new RejectedException(Rejection.OVERSIZE, what + " of more than " + (max >> 20) + " MiB");
            }
            bytes.write(buffer, 0, n);
        }
        return bytes.toByteArray();
    }
}
