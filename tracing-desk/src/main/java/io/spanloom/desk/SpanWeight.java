package io.spanloom.desk;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes of heap a span keeps. An estimate (strings count two bytes a character, every object a flat price),
 * good enough to bound memory; the same for both protocols, unlike the bytes on the wire.
 */
final class SpanWeight {
    private static final long SPAN = 600;
    private static final long OBJECT = 48;

    private SpanWeight() {}

    /** Nearly all documents are ASCII, of which the JVM keeps a byte a character. */
    static long ofDocument(@Nullable String document) {
        return document == null ? 0 : OBJECT + document.length();
    }

    static long of(TraceSpan span) {
        long weight = SPAN
                + of(span.name())
                + of(span.annotations())
                + of(span.metadata())
                + of(span.http())
                + of(span.details());
        for (TraceSpan.Thrown thrown : span.exceptions()) {
            weight += OBJECT + of(thrown.type()) + of(thrown.message());
            for (TraceSpan.Frame frame : thrown.stack()) {
                weight += OBJECT + of(frame.label()) + of(frame.path());
            }
        }
        return weight;
    }

    /** Recursive: values are no deeper than {@link JsonValues#MAX_DEPTH}. */
    private static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return OBJECT + 2L * text.length();
        }
        long weight = OBJECT;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                weight += OBJECT + of(entry.getKey()) + of(entry.getValue());
            }
        } else if (value instanceof Collection<?> items) {
            for (Object item : items) {
                weight += of(item);
            }
        }
        return weight;
    }
}
