package io.spanloom.otel;

import io.spanloom.spi.SpanSeed;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about the span that this thread starts next, handed to the SDK's id generator and sampler, which take
 * no such arguments. Set for roots and followers only; children take their parent's trace and decision anyway.
 */
record Imposed(@Nullable String traceId, @Nullable String spanId, Decision decision) {

    /** Who decides whether the span is sampled. */
    enum Decision {
        /** It is. */
        SAMPLED,
        /** Its parent's decision holds. */
        AS_PARENT,
        /** The SDK's sampler, as if the span had no parent: upstream has left the decision open. */
        LEFT_TO_SDK
    }

    static final ThreadLocal<@Nullable Imposed> NEXT = new ThreadLocal<>();

    private static final Imposed SAMPLED = new Imposed(null, null, Decision.SAMPLED);
    private static final Imposed LEFT_TO_SDK = new Imposed(null, null, Decision.LEFT_TO_SDK);

    /** A root, with the ids that the seed brings. */
    static Imposed root(@Nullable SpanSeed seed, boolean leftToSdk) {
        if (seed == null) {
            return leftToSdk ? LEFT_TO_SDK : SAMPLED;
        }
        return new Imposed(seed.traceId(), seed.spanId(), leftToSdk ? Decision.LEFT_TO_SDK : Decision.SAMPLED);
    }

    /** A child; null where the seed brings no id. */
    static @Nullable Imposed child(@Nullable SpanSeed seed) {
        return seed == null || seed.spanId() == null ? null : new Imposed(null, seed.spanId(), Decision.AS_PARENT);
    }
}
