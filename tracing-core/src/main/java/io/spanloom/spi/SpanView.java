package io.spanloom.spi;

import io.spanloom.Outcome;
import io.spanloom.SpanKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as it was when a {@link SpanListener} was told of it. Immutable, and readable on any thread; keep the values that
 * are needed, not the view, which keeps its span's trace in memory.
 */
public interface SpanView {

    /** The operation's name; of a request, the route that was told so far. */
    String name();

    /** What the span stands for, as it stands under its parent. */
    SpanKind kind();

    /** The trace's id as W3C writes it, 32 lower-case hex digits. */
    String traceId();

    /** The same bits as X-Ray writes them, {@code 1-8hex-24hex}. */
    default String xrayTraceId() {
        return Ids.toXRay(traceId());
    }

    /** 16 lower-case hex digits. Spans below an unsampled one may share its id, for nobody will look for theirs. */
    String spanId();

    /** Whether a backend records the span. */
    boolean isSampled();

    /** When the span started, in nanoseconds since the epoch (1970-01-01T00:00Z). */
    long startEpochNanos();

    /** When the span ended; 0 while it has not. */
    long endEpochNanos();

    /** From start to end, in nanoseconds, never negative; 0 while the span has not ended. */
    default long durationNanos() {
        return endEpochNanos() == 0 ? 0 : Math.max(0, endEpochNanos() - startEpochNanos());
    }

    /** How the span ended; while it has not, how it would if it ended now. */
    Outcome outcome();

    /** The last exception that the span failed with, itself or because it let pass one of a span below; null for none. */
    @Nullable
    Throwable exception();

    /** Whether {@link SpanListener#onError} was told of this span, or of one below it. */
    boolean isErrorTold();

    /**
     * Values are String, Long, Double or Boolean; the first 32 keys that the span was given are kept here. Of a
     * secret-looking key (password, token, authorization, ...) the value is {@code ***}, as in metadata: what listens often
     * sends elsewhere.
     */
    Map<String, Object> annotations();

    /** Whom the trace's request is for, as {@link io.spanloom.Span#user} was told; null where nobody has said. */
    @Nullable
    String user();
}
