package io.spanloom.desk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two spellings of one trace id, and the check of span ids. X-Ray writes {@code 1-}, 8 hex digits of epoch seconds,
 * {@code -}, 24 hex digits; OTLP has the same 32 digits without punctuation.
 */
final class TraceIds {
    private static final int XRAY_LENGTH = 35;
    private static final int DIGITS = 32;
    private static final int SPAN_ID_LENGTH = 16;

    private TraceIds() {}

    /** The 32 digits in lower case, or null if the text is not an X-Ray trace id. */
    static @Nullable String fromXRay(String text) {
        if (text.length() != XRAY_LENGTH || !text.startsWith("1-") || text.charAt(10) != '-') {
            return null;
        }
        String digits = text.substring(2, 10) + text.substring(11);
        return isHex(digits) ? digits.toLowerCase(Locale.ROOT) : null;
    }

    /** The 32 digits of either spelling in lower case, or null if it is none. */
    static @Nullable String digits(String text) {
        return text.length() == DIGITS
                ? fromXRay("1-" + text.substring(0, 8) + "-" + text.substring(8))
                : fromXRay(text);
    }

    static String toXRay(String traceId) {
        return "1-" + traceId.substring(0, 8) + "-" + traceId.substring(8);
    }

    /** The id in lower case, or null if it is not 16 hex digits. */
    static @Nullable String spanId(String text) {
        return text.length() == SPAN_ID_LENGTH && isHex(text) ? text.toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 'f' || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
