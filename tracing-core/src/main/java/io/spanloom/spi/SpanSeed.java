package io.spanloom.spi;

import org.jspecify.annotations.Nullable;

/**
 * What is already decided about a span when it starts: by the caller's headers, or by the leading backend of a fan-out.
 * Where nothing is (a child of what is current, or a new root), backends get null instead, and nothing is allocated.
 *
 * @param traceId 32 hex digits in lower case; null for a trace that has no id yet
 * @param parentSpanId the parent in another process, 16 hex digits; null where there is none
 * @param sampled the decision that upstream or the leader took; null leaves it to the sampler
 * @param spanId the id to take, 16 hex digits; null lets the backend choose
 * @param startEpochNanos when the span started; 0 where that is when the backend starts it
 * @param traceState W3C's {@code tracestate}, to be sent on as it came; null where there is none
 * @param xrayExtras further parts of {@code X-Amzn-Trace-Id} ({@code Lineage=...}), to be sent on; null where there are none
 * @param newRoot whether to take no parent from this thread, even where something is current
 * @param request what a sampler may ask about the request, if it has to decide; null where nothing is known
 * @param rule the sampling rule by which upstream's or the leader's decision was taken; null where none is known
 * @param service the name under which the request was asked for ({@code tracing.naming}), which its span of kind SERVER
 *     shows as the service's; null where that is {@code tracing.service}
 */
public record SpanSeed(
        @Nullable String traceId,
        @Nullable String parentSpanId,
        @Nullable Boolean sampled,
        @Nullable String spanId,
        long startEpochNanos,
        @Nullable String traceState,
        @Nullable String xrayExtras,
        boolean newRoot,
        @Nullable SamplingRequest request,
        @Nullable String rule,
        @Nullable String service) {

    /** Says nothing yet. */
    private static final SpanSeed NOTHING = new SpanSeed(null, null, null, null, 0, null, null, false);

    /** A seed that says nothing about sampling but the decision, and nothing about the service. */
    public SpanSeed(
            @Nullable String traceId,
            @Nullable String parentSpanId,
            @Nullable Boolean sampled,
            @Nullable String spanId,
            long startEpochNanos,
            @Nullable String traceState,
            @Nullable String xrayExtras,
            boolean newRoot) {
        this(
                traceId,
                parentSpanId,
                sampled,
                spanId,
                startEpochNanos,
                traceState,
                xrayExtras,
                newRoot,
                null,
                null,
                null);
    }

    /** The root of a new trace, whatever is current. */
    public static final SpanSeed ROOT = new SpanSeed(null, null, null, null, 0, null, null, true);

    /** A root that continues a trace begun elsewhere. */
    public static SpanSeed remote(String traceId, @Nullable String parentSpanId, @Nullable Boolean sampled) {
        return new SpanSeed(traceId, parentSpanId, sampled, null, 0, null, null, true);
    }

    /** What a follower takes over from the leader's span. The follower's own current span stays its parent. */
    public static SpanSeed follow(
            @Nullable SpanSeed origin, String traceId, String spanId, boolean sampled, long startEpochNanos) {
        if (origin == null) {
            return new SpanSeed(traceId, null, sampled, spanId, startEpochNanos, null, null, false);
        }
        return new SpanSeed(
                traceId,
                origin.newRoot ? origin.parentSpanId : null,
                sampled,
                spanId,
                startEpochNanos,
                origin.traceState,
                origin.xrayExtras,
                origin.newRoot,
                null,
                null,
                origin.service);
    }

    /** With the parts of the caller's headers that have to be sent on unread. */
    public SpanSeed passing(@Nullable String state, @Nullable String extras) {
        return new SpanSeed(
                traceId,
                parentSpanId,
                sampled,
                spanId,
                startEpochNanos,
                state,
                extras,
                newRoot,
                request,
                rule,
                service);
    }

    /** The same, describing the request to a sampler; a decision that the seed brings holds all the same. */
    public static SpanSeed asking(@Nullable SpanSeed seed, SamplingRequest request) {
        SpanSeed known = seed == null ? NOTHING : seed;
        return known.with(known.newRoot, request, known.rule, known.service);
    }

    /** The same, for a request that was asked of a service by this name. */
    public static SpanSeed servedBy(@Nullable SpanSeed seed, String service) {
        SpanSeed known = seed == null ? NOTHING : seed;
        return known.with(known.newRoot, known.request, known.rule, service);
    }

    /** The same, naming the rule that decided. */
    public SpanSeed decidedBy(@Nullable String name) {
        return name == null ? this : with(newRoot, request, name, service);
    }

    /** The same, taking no parent from this thread. */
    public SpanSeed asNewRoot() {
        return newRoot ? this : with(true, request, rule, service);
    }

    private SpanSeed with(
            boolean root, @Nullable SamplingRequest asked, @Nullable String decisive, @Nullable String servedBy) {
        return new SpanSeed(
                traceId,
                parentSpanId,
                sampled,
                spanId,
                startEpochNanos,
                traceState,
                xrayExtras,
                root,
                asked,
                decisive,
                servedBy);
    }
}
