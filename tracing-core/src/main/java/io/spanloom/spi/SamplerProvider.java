package io.spanloom.spi;

import io.spanloom.ConfigKey;
import io.spanloom.TracingConfig;
import java.util.List;

/**
 * Makes the sampler of {@code tracing.sampling = rules} and {@code remote}; found by {@link java.util.ServiceLoader}.
 * {@code io.spanloom:tracing-sampling} brings one.
 */
public interface SamplerProvider {

    /** The keys that it understands beside core's, all beginning {@code tracing.sampling.}. */
    default List<ConfigKey<?>> keys() {
        return List.of();
    }

    /**
     * Makes the sampler, once per set-up; it is closed with the set-up.
     *
     * @param mode {@link TracingConfig.Sampling#RULES} or {@link TracingConfig.Sampling#REMOTE}
     * @throws IllegalArgumentException saying what is wrong with {@link TracingConfig#SAMPLING_RULES}; core adds the key
     *     and its origin
     */
    Sampler create(TracingConfig.Sampling mode, TracingConfig config);
}
