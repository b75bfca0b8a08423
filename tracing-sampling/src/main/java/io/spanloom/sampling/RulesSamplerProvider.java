package io.spanloom.sampling;

import io.spanloom.ConfigKey;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SamplerProvider;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code tracing.sampling = rules} and {@code remote}.
 *
 * <pre>{@code
 * tracing.sampling.rules = classpath:xray.json
 * }</pre>
 */
public final class RulesSamplerProvider implements SamplerProvider {

    /** What a rule's {@code ServiceType} is matched against. */
    static final ConfigKey<String> SERVICE_TYPE = ConfigKey.text(
            "tracing.sampling.service-type", "", "X-Ray's name of what the service runs on, as in AWS::ECS::Container");

    /** What a rule's {@code ResourceARN} is matched against. */
    static final ConfigKey<String> RESOURCE_ARN =
            ConfigKey.text("tracing.sampling.resource-arn", "", "the ARN of the resource that the service runs on");

    /** Called by {@link java.util.ServiceLoader}. */
    public RulesSamplerProvider() {}

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(SERVICE_TYPE, RESOURCE_ARN);
    }

    @Override
    public Sampler create(TracingConfig.Sampling mode, TracingConfig config) {
        Question.Service service =
                new Question.Service(config.service(), config.get(SERVICE_TYPE), config.get(RESOURCE_ARN));
        if (mode == TracingConfig.Sampling.REMOTE) {
            throw new IllegalArgumentException("tracing.sampling = remote is not there yet");
        }
        return local(config, service);
    }

    private static RulesSampler local(TracingConfig config, Question.Service service) {
        String location = config.get(TracingConfig.SAMPLING_RULES);
        List<SamplingRule> rules = location.isBlank() ? List.of(RuleSet.BUILT_IN) : RuleFile.read(location);
        String described = rules.size() + " rules of " + location;
        return new RulesSampler(
                described,
                RuleSet.local(rules),
                service,
                SamplingClock.SYSTEM,
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
