package io.spanloom.otel;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.spanloom.spi.Reporter;

/** Stands before the SDK's batch processor, whose own drops cannot be counted from outside, and lets in what fits. */
final class BoundedProcessor implements SpanProcessor {

    private final SpanProcessor batches;
    private final Deliveries deliveries;

    BoundedProcessor(SpanProcessor batches, Deliveries deliveries) {
        this.batches = batches;
        this.deliveries = deliveries;
    }

    @Override
    public void onStart(Context parentContext, ReadWriteSpan span) {
        batches.onStart(parentContext, span);
    }

    @Override
    public boolean isStartRequired() {
        return batches.isStartRequired();
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (!span.getSpanContext().isSampled()) {
            return;
        }
        if (deliveries.admit()) {
            batches.onEnd(span);
        } else if (!deliveries.isClosed()) {
            Reporter.warn(
                    "TRC-152",
                    "spans are dropped: they end faster than they can be sent. Is the receiver slow or away? A larger"
                            + " OTEL_BSP_MAX_QUEUE_SIZE bridges bursts, OTEL_BSP_SCHEDULE_DELAY sends sooner");
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return batches.forceFlush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return batches.shutdown();
    }

    @Override
    public String toString() {
        return "BoundedProcessor{" + batches + "}";
    }
}
