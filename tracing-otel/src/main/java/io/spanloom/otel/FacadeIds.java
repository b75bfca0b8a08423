package io.spanloom.otel;

import io.opentelemetry.sdk.trace.IdGenerator;
import io.spanloom.spi.Ids;

/** Hands the SDK the ids that are imposed on the next span, else new ones in the form that X-Ray takes. */
final class FacadeIds implements IdGenerator {

    @Override
    public String generateSpanId() {
        Imposed imposed = Imposed.NEXT.get();
        return imposed != null && imposed.spanId() != null ? imposed.spanId() : Ids.spanId(Ids.newSpanId());
    }

    @Override
    public String generateTraceId() {
        Imposed imposed = Imposed.NEXT.get();
        if (imposed != null && imposed.traceId() != null) {
            return imposed.traceId();
        }
        return Ids.traceId(Ids.newTraceIdHigh(System.currentTimeMillis() * 1_000_000L), Ids.newTraceIdLow());
    }

    @Override
    public String toString() {
        return "FacadeIds";
    }
}
