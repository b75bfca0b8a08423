package io.spanloom.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Tells the SDK what the facade has decided: the imposed decision, else the parent's. A root about which nothing is
 * decided is left to the SDK's own sampler ({@code OTEL_TRACES_SAMPLER}).
 */
final class FacadeSampler implements Sampler {

    private final Sampler forRoots;

    FacadeSampler(Sampler forRoots) {
        this.forRoots = forRoots;
    }

    @Override
    public SamplingResult shouldSample(
            Context parentContext,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> parentLinks) {
        if (parentContext instanceof OtelSpan above && above.isSampled()) {
            return SamplingResult.recordAndSample(); // a child of ours: nothing but its parent's decision is imposed
        }
        Imposed imposed = Imposed.NEXT.get();
        if (imposed != null && imposed.decision() == Imposed.Decision.SAMPLED) {
            return SamplingResult.recordAndSample();
        }
        boolean leftToSdk = imposed != null && imposed.decision() == Imposed.Decision.LEFT_TO_SDK;
        SpanContext parent = Span.fromContext(parentContext).getSpanContext();
        if (parent.isValid() && !leftToSdk) {
            return parent.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
        }
        Context parents = leftToSdk ? Context.root() : parentContext;
        return forRoots.shouldSample(parents, traceId, name, kind, attributes, parentLinks);
    }

    @Override
    public String getDescription() {
        return "Spanloom{" + forRoots.getDescription() + "}";
    }

    @Override
    public String toString() {
        return getDescription();
    }
}
