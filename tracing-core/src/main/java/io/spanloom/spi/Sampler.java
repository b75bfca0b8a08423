package io.spanloom.spi;

import io.spanloom.SpanSpec;

/**
 * Decides whether a new trace is recorded. Asked once per root, and only where nobody upstream has decided.
 *
 * <p>Called on the application's threads: it must not block, and what it throws counts as "do not record".
 */
@FunctionalInterface
public interface Sampler {

    /** Whether the trace that a span of this spec begins is recorded. */
    boolean sample(SpanSpec root);

    /** Every trace. */
    Sampler ALL = root -> true;

    /** No trace. */
    Sampler NONE = root -> false;
}
