package io.spanloom.otel;

import io.opentelemetry.sdk.trace.IdGenerator;
import io.spanloom.spi.Ids;

/**
 * New ids in the form that X-Ray takes, and those that came with a request: for an application's own SDK.
 *
 * <pre>{@code SdkTracerProvider.builder().setIdGenerator(new XRayIdGenerator())}</pre>
 *
 * <p>A trace id begins with the epoch second, because X-Ray may refuse others. And where a load balancer sends
 * {@code X-Amzn-Trace-Id} with a {@code Root} but no {@code Parent}, that trace is continued: no other generator can be
 * told its id. An SDK of ours ({@code tracing.otel.sdk = own}) has it already. Safe for any number of threads.
 */
public final class XRayIdGenerator implements IdGenerator {

    /** By which a provider that has it tells so. */
    static final String NAME = "XRayIdGenerator";

    /** A generator without state. */
    public XRayIdGenerator() {}

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
        return NAME;
    }
}
