package io.spanloom.spi;

import io.spanloom.SpanSpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a trace is recorded, and why.
 *
 * @param rule the name of the sampling rule that decided; null where none did
 */
public record SamplingDecision(boolean sampled, @Nullable String rule) {

    /** Record, by no rule. */
    public static final SamplingDecision RECORD = new SamplingDecision(true, null);

    /** Do not record, by no rule. */
    public static final SamplingDecision DROP = new SamplingDecision(false, null);

    /**
     * The decision about a root: the one that its seed brings, else the sampler's. What a sampler throws counts as "do
     * not record".
     */
    public static SamplingDecision take(Sampler sampler, SpanSpec root, @Nullable SpanSeed seed) {
        Boolean decided = seed == null ? null : seed.sampled();
        if (seed != null && decided != null) {
            String rule = seed.rule();
            return rule != null ? new SamplingDecision(decided, rule) : decided ? RECORD : DROP;
        }
        try {
            return sampler.decide(root, seed == null ? null : seed.request());
        } catch (RuntimeException | LinkageError undecided) {
            return DROP;
        }
    }
}
