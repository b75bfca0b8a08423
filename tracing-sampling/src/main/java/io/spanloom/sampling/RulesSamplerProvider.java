package io.spanloom.sampling;

import io.spanloom.ConfigKey;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SamplerProvider;
import java.time.Duration;
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

    private static final String VARIABLE = "AWS_XRAY_DAEMON_ADDRESS";

    /** What a rule's {@code ServiceType} is matched against. */
    static final ConfigKey<String> SERVICE_TYPE = ConfigKey.text(
                    "tracing.sampling.service-type",
                    "",
                    "X-Ray's name of what the service runs on, as in AWS::ECS::Container")
            .describedAs("What rules' ServiceType is matched against");

    /** What a rule's {@code ResourceARN} is matched against. */
    static final ConfigKey<String> RESOURCE_ARN = ConfigKey.text(
                    "tracing.sampling.resource-arn", "", "the ARN of the resource that the service runs on")
            .describedAs("What rules' ResourceARN is matched against");

    /** The daemon's TCP port; where {@code tracing.xray.daemon-address} is set, this need not be. */
    static final ConfigKey<DaemonAddress> DAEMON_ADDRESS = ConfigKey.of(
                    "tracing.sampling.daemon-address",
                    DaemonAddress.DEFAULT,
                    DaemonAddress.ALLOWED,
                    DaemonAddress::parse)
            .alias(VARIABLE)
            .describedAs("Where the daemon is asked for rules; without it, where spans go to");

    /** As the X-Ray backend's key reads; the module does not know the backend. */
    private static final ConfigKey<DaemonAddress> OF_BACKEND = ConfigKey.of(
            "tracing.xray.daemon-address", DaemonAddress.DEFAULT, DaemonAddress.ALLOWED, DaemonAddress::parse);

    /** The X-Ray SDK's own is 2 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Called by {@link java.util.ServiceLoader}. */
    public RulesSamplerProvider() {}

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(SERVICE_TYPE, RESOURCE_ARN, DAEMON_ADDRESS);
    }

    @Override
    public Sampler create(TracingConfig.Sampling mode, TracingConfig config) {
        Question.Service service = new Question.Service(
                config.service(),
                config.get(SERVICE_TYPE),
                config.get(RESOURCE_ARN),
                config.isSet(TracingConfig.NAMING));
        RulesSampler local = local(config, service);
        return mode == TracingConfig.Sampling.REMOTE ? remote(config, service, local) : local;
    }

    private static RulesSampler local(TracingConfig config, Question.Service service) {
        String location = config.get(TracingConfig.SAMPLING_RULES);
        boolean builtIn = location.isBlank();
        List<SamplingRule> rules = builtIn ? List.of(RuleSet.BUILT_IN) : RuleFile.read(location);
        String described = builtIn ? "1 per second and 5 %" : rules.size() + " rules of " + location;
        return new RulesSampler(
                described, RuleSet.local(rules), service, SamplingClock.SYSTEM, RulesSamplerProvider::random);
    }

    private static RemoteSampler remote(TracingConfig config, Question.Service service, RulesSampler fallback) {
        DaemonAddress address = address(config);
        SamplingClock clock = SamplingClock.SYSTEM;
        RemoteRules rules = new RemoteRules(new DaemonClient(address, TIMEOUT), clock, RulesSamplerProvider::random);
        String described =
                "the X-Ray service's rules, through the daemon at " + address + "; until they are here, " + fallback;
        return new RemoteSampler(rules, fallback, service, clock, RulesSamplerProvider::random, described).start();
    }

    private static DaemonAddress address(TracingConfig config) {
        boolean own =
                config.isSet(DAEMON_ADDRESS) && !config.origin(DAEMON_ADDRESS).endsWith(VARIABLE);
        return !own && config.isSet(OF_BACKEND) ? config.get(OF_BACKEND) : config.get(DAEMON_ADDRESS);
    }

    private static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
