package io.spanloom;

import io.spanloom.internal.JsonSnapshot;
import io.spanloom.spi.SpanView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a listener sees of a span.
 *
 * @param ids the span that is asked for its ids, which never change, if somebody wants them: as text they cost more than all
 *     else here
 * @param pairs annotations, key and value in turns; nobody else's array
 */
record SpanSnapshot(
        String name,
        SpanKind kind,
        Span ids,
        boolean isSampled,
        long startEpochNanos,
        long endEpochNanos,
        Outcome outcome,
        @Nullable Throwable exception,
        boolean isErrorTold,
        Object[] pairs,
        @Nullable String user)
        implements SpanView {

    @Override
    public String traceId() {
        return ids.traceId();
    }

    @Override
    public String spanId() {
        return ids.spanId();
    }

    @Override
    public Map<String, Object> annotations() {
        if (pairs.length == 0) {
            return Map.of();
        }
        Map<String, Object> annotations = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String key = (String) pairs[i];
            annotations.put(key, JsonSnapshot.isSecret(key) ? "***" : pairs[i + 1]);
        }
        return Collections.unmodifiableMap(annotations);
    }

    @Override
    public String toString() {
        return name + " [" + traceId() + " " + spanId() + "]";
    }
}
