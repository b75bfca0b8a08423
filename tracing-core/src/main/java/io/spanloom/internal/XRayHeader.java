package io.spanloom.internal;

import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanSeed;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code X-Amzn-Trace-Id: Root=1-8hex-24hex;Parent=16hex;Sampled=1}, read tolerantly and written strictly.
 *
 * <p>Reading is linear and bounded: {@value #READ_CHARS} characters are looked at. Keys count in any case, hex digits in
 * either. Without a valid {@code Root} the header is malformed: a parent without its trace is meaningless. A {@code Root} of
 * zeros with {@code Sampled=0} is a decision all the same. Parts that are not known, such as Lambda's {@code Lineage}, are
 * passed on.
 */
public final class XRayHeader {

    public static final String NAME = "X-Amzn-Trace-Id";

    /** As HTTP/2, and maps made from it, have the name. */
    public static final String LOWER_NAME = "x-amzn-trace-id";

    private static final int READ_CHARS = 1_024;

    /** What the OpenTelemetry propagator and the Node SDK pass on at the most, in characters of the whole header. */
    private static final int PASSED_CHARS = 256;

    /** {@code Root=} 35 {@code ;Parent=} 16 {@code ;Sampled=1} */
    private static final int OWN_CHARS = 5 + 35 + 8 + 16 + 10;

    /** Under which the Python SDK tells the next service that a request is not sampled. */
    private static final String ZEROS = "1-00000000-000000000000000000000000";

    private static final SpanSeed NOT_SAMPLED = new SpanSeed(null, null, Boolean.FALSE, null, 0, null, null, true);

    private XRayHeader() {}

    /** The header's meaning; null where it is malformed. */
    public static @Nullable SpanSeed parse(String header) {
        String text = header;
        if (header.length() > READ_CHARS) {
            int whole = header.lastIndexOf(';', READ_CHARS);
            text = header.substring(0, Math.max(0, whole)); // no half of a part
        }
        String traceId = null;
        String parent = null;
        Boolean sampled = null;
        boolean zeros = false;
        StringBuilder extras = new StringBuilder();
        for (int from = 0; from < text.length(); ) {
            int semicolon = text.indexOf(';', from);
            int end = semicolon < 0 ? text.length() : semicolon;
            String part = text.substring(from, end).trim();
            from = end + 1;
            int equals = part.indexOf('=');
            if (equals <= 0) {
                continue;
            }
            String value = part.substring(equals + 1).trim();
            switch (part.substring(0, equals).trim().toLowerCase(Locale.ROOT)) {
                case "root" -> {
                    traceId = Ids.fromXRay(value);
                    zeros = value.equals(ZEROS);
                }
                case "parent" -> parent = Ids.validSpanId(value);
                case "sampled" -> sampled = value.equals("1") ? Boolean.TRUE : value.equals("0") ? Boolean.FALSE : null;
                case "self" -> {} // a load balancer's note about itself: not for the next hop
                default -> pass(extras, part);
            }
        }
        if (traceId == null) {
            return zeros && Boolean.FALSE.equals(sampled) ? NOT_SAMPLED : null;
        }
        return SpanSeed.remote(traceId, parent, sampled).passing(null, extras.isEmpty() ? null : extras.toString());
    }

    /** Whether the caller leaves the decision open and wants to be told: {@code Sampled=?}. As tolerant as {@link #parse}. */
    public static boolean asksForDecision(String header) {
        int last = Math.min(header.length(), READ_CHARS);
        for (int from = 0; from < last; ) {
            int semicolon = header.indexOf(';', from);
            int end = semicolon < 0 ? header.length() : semicolon;
            int equals = header.indexOf('=', from);
            if (end <= last
                    && equals > 0
                    && equals < end
                    && header.substring(from, equals).trim().equalsIgnoreCase("sampled")) {
                return header.substring(equals + 1, end).trim().equals("?");
            }
            from = end + 1;
        }
        return false;
    }

    /** The header of an answer: the trace's id, and the decision where the caller asked for it. */
    public static String formatAnswer(String xrayTraceId, boolean asked, boolean sampled) {
        String header = "Root=" + xrayTraceId;
        return !asked ? header : header + (sampled ? ";Sampled=1" : ";Sampled=0");
    }

    private static void pass(StringBuilder extras, String part) {
        if (extras.length() + 1 + part.length() > PASSED_CHARS - OWN_CHARS) {
            return;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c < 0x21 || c > 0x7e || c == ',' || c == '"') {
                return; // nothing that could end a header or begin another
            }
        }
        extras.append(';').append(part);
    }

    /**
     * The header of a call. An unsampled trace says so ({@code Sampled=0}): left out, the next service would decide
     * again, and the trace would be half recorded.
     */
    public static String format(String xrayTraceId, String spanId, boolean sampled, @Nullable String extras) {
        String header = "Root=" + xrayTraceId + ";Parent=" + spanId + ";Sampled=" + (sampled ? '1' : '0');
        return extras == null ? header : header + extras;
    }
}
