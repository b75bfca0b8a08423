package io.spanloom.internal;

import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanSeed;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * B3, Zipkin's headers: all in one ({@code b3: 32hex-16hex-1}), or one for each ({@code X-B3-TraceId: 32hex}).
 *
 * <p>A trace id of 16 digits is one of 32 with zeros in front. {@code d} and {@code X-B3-Flags: 1}, which ask for debugging,
 * mean that the trace is recorded. Without ids a decision counts all the same. The parent's parent, the fourth part, is not
 * read.
 */
public final class B3Headers {

    public static final String NAME = "b3";
    public static final String TRACE_ID = "X-B3-TraceId";
    public static final String SPAN_ID = "X-B3-SpanId";
    public static final String SAMPLED = "X-B3-Sampled";
    public static final String FLAGS = "X-B3-Flags";

    /** As HTTP/2, and maps made from it, have the names. */
    public static final String LOWER_TRACE_ID = "x-b3-traceid";

    public static final String LOWER_SPAN_ID = "x-b3-spanid";
    public static final String LOWER_SAMPLED = "x-b3-sampled";
    public static final String LOWER_FLAGS = "x-b3-flags";

    private static final String HIGH_ZEROS = "0".repeat(16);

    /** Trace id, span id, decision and parent with their dashes. */
    private static final int CHARS = 32 + 1 + 16 + 1 + 1 + 1 + 16;

    private B3Headers() {}

    /** The meaning of the one header; null where it is malformed. */
    public static @Nullable SpanSeed parse(String header) {
        String text = header.trim();
        if (text.length() > CHARS) {
            return null;
        }
        String[] parts = text.split("-", -1);
        if (parts.length == 1) {
            Boolean alone = decision(text);
            return alone == null ? null : decided(alone);
        }
        if (parts.length > 4 || parts.length > 2 && decision(parts[2]) == null) {
            return null;
        }
        if (parts.length == 4 && Ids.validSpanId(parts[3]) == null) {
            return null;
        }
        return seed(parts[0], parts[1], parts.length == 2 ? null : decision(parts[2]));
    }

    /** The meaning of the several headers, each null where it is absent; null where they are malformed, or say nothing. */
    public static @Nullable SpanSeed parse(
            @Nullable String traceId, @Nullable String spanId, @Nullable String sampled, @Nullable String flags) {
        Boolean decision = flags != null && flags.trim().equals("1") ? Boolean.TRUE : sampledOf(sampled);
        if (traceId == null && spanId == null) {
            return decision == null ? null : decided(decision);
        }
        return traceId == null || spanId == null ? null : seed(traceId.trim(), spanId.trim(), decision);
    }

    private static SpanSeed decided(Boolean decision) {
        return new SpanSeed(null, null, decision, null, 0, null, null, true);
    }

    private static @Nullable SpanSeed seed(String trace, String span, @Nullable Boolean decision) {
        String traceId = Ids.validTraceId(trace.length() == 16 ? HIGH_ZEROS + trace : trace);
        String spanId = Ids.validSpanId(span);
        return traceId == null || spanId == null ? null : SpanSeed.remote(traceId, spanId, decision);
    }

    private static @Nullable Boolean decision(String letter) {
        return switch (letter) {
            case "1", "d" -> Boolean.TRUE;
            case "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** Old senders write words. */
    private static @Nullable Boolean sampledOf(@Nullable String sampled) {
        return sampled == null
                ? null
                : switch (sampled.trim().toLowerCase(Locale.ROOT)) {
                    case "1", "true" -> Boolean.TRUE;
                    case "0", "false" -> Boolean.FALSE;
                    default -> null;
                };
    }

    /** The one header of a call. */
    public static String format(String traceId, String spanId, boolean sampled) {
        return traceId + '-' + spanId + (sampled ? "-1" : "-0");
    }
}
