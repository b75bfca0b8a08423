package io.spanloom.otel;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanSeed;
import org.jspecify.annotations.Nullable;

/** What a seed says of a span in another process, in OpenTelemetry's terms. */
record RemoteParent(SpanContext context) {

    /** The parent of a span that is going to be sampled; null where the seed names none. */
    static @Nullable RemoteParent of(@Nullable SpanSeed seed) {
        if (seed == null || seed.traceId() == null || seed.parentSpanId() == null) {
            return null;
        }
        return new RemoteParent(SpanContext.createFromRemoteParent(
                seed.traceId(), seed.parentSpanId(), TraceFlags.getSampled(), state(seed)));
    }

    Span asSpan() {
        return Span.wrap(context);
    }

    /** The ids of a span that is not sampled: it has some, because they are told to other services. */
    static SpanContext unsampled(@Nullable SpanSeed seed) {
        String traceId = seed == null ? null : seed.traceId();
        String spanId = seed == null ? null : seed.spanId();
        return SpanContext.create(
                traceId == null ? newTraceId() : traceId,
                spanId == null ? Ids.spanId(Ids.newSpanId()) : spanId,
                TraceFlags.getDefault(),
                state(seed));
    }

    private static String newTraceId() {
        return Ids.traceId(Ids.newTraceIdHigh(System.currentTimeMillis() * 1_000_000L), Ids.newTraceIdLow());
    }

    private static TraceState state(@Nullable SpanSeed seed) {
        String header = seed == null ? null : seed.traceState();
        if (header == null) {
            return TraceState.getDefault();
        }
        String[] members = header.split(",");
        TraceStateBuilder state = TraceState.builder();
        for (int i = members.length - 1; i >= 0; i--) { // each put goes to the front
            int equals = members[i].indexOf('=');
            if (equals > 0) {
                state.put(
                        members[i].substring(0, equals).trim(),
                        members[i].substring(equals + 1).trim());
            }
        }
        return state.build();
    }
}
