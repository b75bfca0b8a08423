package io.spanloom.spi;

import io.spanloom.SpanSpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a new trace is recorded. Asked once per root, and only where nobody upstream has decided.
 *
 * <p>Called on the application's threads: it must not block, and what it throws counts as "do not record".
 */
@FunctionalInterface
public interface Sampler extends AutoCloseable {

    /** Whether the trace that a span of this spec begins is recorded. */
    boolean sample(SpanSpec root);

    /**
     * As {@link #sample}, with what is known of the request, and with the rule that decided. Backends ask through
     * {@link SamplingDecision#take}.
     *
     * @param request null where the root is no request, or where {@link #readsRequests} is false
     */
    default SamplingDecision decide(SpanSpec root, @Nullable SamplingRequest request) {
        return sample(root) ? SamplingDecision.RECORD : SamplingDecision.DROP;
    }

    /** Whether requests are to be described to it; false spares the describing. */
    default boolean readsRequests() {
        return false;
    }

    /** Lets go of threads and connections. May still be asked afterwards. */
    @Override
    default void close() {}

    /** Every trace. */
    Sampler ALL = root -> true;

    /** No trace. */
    Sampler NONE = root -> false;
}
