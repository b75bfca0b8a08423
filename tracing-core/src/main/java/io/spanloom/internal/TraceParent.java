package io.spanloom.internal;

import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanSeed;
import org.jspecify.annotations.Nullable;

/**
 * W3C Trace Context: {@code traceparent: 00-32hex-16hex-2hex}.
 */
public final class TraceParent {

    public static final String NAME = "traceparent";

    /** Section 3.2.2: version, trace id, parent id and flags with their dashes. */
    private static final int CHARS = 55;

    private TraceParent() {}

    /** The header's meaning; null where it is malformed. Hex digits must be lower case, as section 3.2.2 says. */
    public static @Nullable SpanSeed parse(String header) {
        String text = header.trim();
        if (text.length() < CHARS || text.charAt(2) != '-' || text.charAt(35) != '-' || text.charAt(52) != '-') {
            return null;
        }
        int version = hexByte(text, 0);
        int flags = hexByte(text, 53);
        boolean known = version == 0 && text.length() == CHARS;
        boolean later = version > 0 && version < 255 && (text.length() == CHARS || text.charAt(CHARS) == '-');
        String traceId = text.substring(3, 35);
        String parent = text.substring(36, 52);
        boolean valid = (known || later)
                && flags >= 0
                && traceId.equals(Ids.validTraceId(traceId))
                && parent.equals(Ids.validSpanId(parent));
        return valid ? SpanSeed.remote(traceId, parent, (flags & 1) == 1) : null;
    }

    private static int hexByte(String text, int offset) {
        int high = hexDigit(text.charAt(offset));
        int low = hexDigit(text.charAt(offset + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hexDigit(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    /** The header of a call. */
    public static String format(String traceId, String spanId, boolean sampled) {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
