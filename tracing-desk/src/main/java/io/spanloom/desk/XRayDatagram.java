package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's wire format: {@code {"format":"json","version":1}}, a newline, one document. Format is compared without
 * regard to case and version must be 1, as in the X-Ray daemon 3.6.6.
 */
final class XRayDatagram {
    /** The service's limit for one document (X-Ray developer guide, segment documents), and what UDP can carry anyway. */
    static final int MAX_BYTES = 64 * 1024;

    private XRayDatagram() {}

    static Received read(byte[] data, int length) throws RejectedException {
        if (length > MAX_BYTES) {
            throw new RejectedException(Rejection.OVERSIZE, length + " bytes");
        }
        int newline = indexOfNewline(data, length);
        if (newline < 0) {
            throw new RejectedException(Rejection.NO_NEWLINE, length + " bytes");
        }
        checkHeader(data, newline);
        return SegmentReader.read(data, newline + 1, length - newline - 1);
    }

    private static int indexOfNewline(byte[] data, int length) {
        for (int i = 0; i < length; i++) {
            if (data[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static void checkHeader(byte[] data, int length) throws RejectedException {
        Map<String, @Nullable Object> header = readHeader(data, length);
        if (!JsonValues.asText(header.get("format")).equalsIgnoreCase("json")) {
            throw new RejectedException(Rejection.NO_HEADER, "format " + header.get("format"));
        }
        if (!(header.get("version") instanceof Long version && version == 1)) {
            throw new RejectedException(Rejection.BAD_VERSION, "version " + header.get("version"));
        }
    }

    private static Map<String, @Nullable Object> readHeader(byte[] data, int length) throws RejectedException {
        try (JsonParser json = JsonValues.FACTORY.createParser(data, 0, length)) {
            json.nextToken();
            Map<String, @Nullable Object> header = JsonValues.asObject(JsonValues.read(json));
            if (header.isEmpty()) {
                throw new RejectedException(Rejection.NO_HEADER, length + " bytes before the newline");
            }
            return header;
        } catch (IOException e) {
            throw new RejectedException(Rejection.NO_HEADER, length + " bytes before the newline");
        }
    }
}
