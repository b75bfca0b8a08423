package io.spanloom;

import io.spanloom.TracingConfig.Sampling;
import io.spanloom.TracingConfig.Setting;
import io.spanloom.internal.SamplerProviders;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SamplerProvider;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one sampler of a set-up: made when the first backend asks for it, shared by all, closed with the set-up. */
final class SamplerOfConfig {

    private static final String ARTIFACT = "io.spanloom:tracing-sampling";

    private volatile @Nullable Sampler sampler;

    /**
     * @throws TracingConfigException where the rules are wrong, or the module that reads them is missing
     */
    Sampler get(TracingConfig config) {
        Sampler known = sampler;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            known = sampler;
            if (known == null) {
                known = make(config);
                sampler = known;
            }
            return known;
        }
    }

    /** Null where nobody has asked yet. */
    @Nullable
    Sampler peek() {
        return sampler;
    }

    void close() {
        Sampler known = sampler;
        if (known != null) {
            known.close();
        }
    }

    private static Sampler make(TracingConfig config) {
        Sampling mode = config.sampling();
        return switch (mode) {
            case ALL -> Sampler.ALL;
            case NONE -> Sampler.NONE;
            case RULES, REMOTE -> provided(mode, config);
        };
    }

    private static Sampler provided(Sampling mode, TracingConfig config) {
        boolean named = config.isSet(TracingConfig.SAMPLING_RULES);
        if (mode == Sampling.RULES && !named) {
            throw new TracingConfigException(List.of("tracing.sampling = rules needs "
                    + TracingConfig.SAMPLING_RULES.name() + "; allowed: " + TracingConfig.SAMPLING_RULES.allowed()
                    + ". It comes from " + config.origin(TracingConfig.SAMPLING)));
        }
        SamplerProvider provider = SamplerProviders.find();
        if (provider == null) {
            throw new TracingConfigException(List.of("tracing.sampling = "
                    + mode.name().toLowerCase(Locale.ROOT) + ": no module that samples by rules is on the class path;"
                    + " add " + ARTIFACT + ". It comes from "
                    + config.origin(
                            config.isSet(TracingConfig.SAMPLING)
                                    ? TracingConfig.SAMPLING
                                    : TracingConfig.SAMPLING_RULES)));
        }
        try {
            return provider.create(mode, config);
        } catch (TracingConfigException problem) {
            throw problem;
        } catch (IllegalArgumentException refused) {
            Setting setting = config.setting(TracingConfig.SAMPLING_RULES);
            throw new TracingConfigException(List.of(
                    setting == null
                            ? String.valueOf(refused.getMessage())
                            : TracingConfig.problem(TracingConfig.SAMPLING_RULES, setting, refused)));
        } catch (LinkageError missing) {
            throw new TracingConfigException(
                    "tracing.sampling cannot be set up: " + missing + "; a jar that " + ARTIFACT
                            + " needs is missing, or of another version: see mvn dependency:tree",
                    missing);
        }
    }
}
