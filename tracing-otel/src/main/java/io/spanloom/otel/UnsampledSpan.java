package io.spanloom.otel;

import io.spanloom.Outcome;
import io.spanloom.SpanSpec;

/**
 * The one span for all children of an unsampled span: nothing of them is kept, so nothing is made for them. What is
 * current stays, and so do the ids that are told to other services.
 */
final class UnsampledSpan extends RecordedSpan {

    private static final SpanSpec SPEC = SpanSpec.named("unsampled");

    UnsampledSpan(io.opentelemetry.api.trace.Span otel) {
        super(SPEC, otel);
    }

    @Override
    Notes notes() {
        throw new IllegalStateException("not recording");
    }

    @Override
    void noted() {}

    @Override
    protected void leave() {}

    @Override
    protected void recordEnd(Outcome outcome, long endEpochNanos) {}
}
