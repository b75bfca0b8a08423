package io.spanloom.otel;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.spanloom.Outcome;
import io.spanloom.SpanSpec;
import io.spanloom.spi.ThrownException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * A handle for a span that other instrumentation opened: it writes at once what others keep until their end, for it will
 * not be told of the end.
 */
final class ForeignSpan extends RecordedSpan {

    private static final SpanSpec SPEC = SpanSpec.named("span");

    /** What was noted of each span so far: there may be many handles for one. */
    private static final Map<Span, Notes> NOTES = Collections.synchronizedMap(new WeakHashMap<>());

    ForeignSpan(Span otel) {
        super(SPEC, otel);
    }

    @Override
    public String name() {
        String known = SdkSpanName.of(otel);
        return known == null ? super.name() : known;
    }

    @Override
    Notes notes() {
        return NOTES.computeIfAbsent(otel, span -> new Notes());
    }

    @Override
    void noted() {
        notes().writeTo(otel);
    }

    /** Sets the status at once: nobody tells a handle of the end. */
    @Override
    protected void recordException(List<ThrownException> chain, boolean failure) {
        recordException(chain);
        if (failure) {
            otel.setStatus(StatusCode.ERROR);
        }
    }

    @Override
    protected void leave() {}

    @Override
    protected void recordEnd(Outcome outcome, long endEpochNanos) {}
}
