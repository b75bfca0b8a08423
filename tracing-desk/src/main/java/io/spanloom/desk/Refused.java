package io.spanloom.desk;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What was sent and not taken.
 *
 * @param detail the particulars, for example where the JSON went wrong
 * @param bytes how long it was; -1 where that is not known, because no more was read
 * @param excerpt its beginning, fit to be shown; as hexadecimal digits if it is no text
 */
record Refused(Protocol protocol, Rejection reason, String detail, long bytes, String excerpt) {
    /** Enough to tell which program sent it, and to see the header line and the first fields of a document. */
    static final int EXCERPT = 400;

    private static final int HEX_BYTES = 64;

    Refused {
        detail = Text.abbreviated(detail, EXCERPT);
    }

    static Refused of(Protocol protocol, Rejection reason, String detail, byte[] data, int length) {
        return new Refused(protocol, reason, detail, length, excerpt(data, length));
    }

    /** What was refused before its body was looked at, or what had none. */
    static Refused unread(Protocol protocol, Rejection reason, String detail) {
        return new Refused(protocol, reason, detail, -1, "");
    }

    private static String excerpt(byte[] data, int length) {
        int most = Math.min(length, EXCERPT);
        for (int i = 0; i < most; i++) {
            // Text has no other control characters; protobuf and gzip have them at once.
            if (data[i] >= 0 && data[i] < ' ' && data[i] != '\n' && data[i] != '\r' && data[i] != '\t') {
                return HexFormat.ofDelimiter(" ").formatHex(data, 0, Math.min(length, HEX_BYTES));
            }
        }
        return Text.clean(new String(data, 0, most, StandardCharsets.UTF_8));
    }
}
