package io.spanloom;

import io.spanloom.internal.BackendProviders;
import io.spanloom.internal.ConfigKeyProviders;
import io.spanloom.internal.SamplerProviders;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.HeaderFormat;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SamplerProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is configured, checked and with the origin of each value.
 *
 * <pre>{@code
 * Tracing.reconfigure(TracingConfig.builder().set(TracingConfig.BACKEND, "xray,otel").build());
 * }</pre>
 *
 * <p>Sources, the first that has a value wins: code (this builder), system properties, environment variables
 * ({@code TRACING_...}, then the native ones such as {@code OTEL_SERVICE_NAME}), the file {@code tracing.properties}
 * (on the class path, or where the system property {@code tracing.config} points), the key's default.
 *
 * <p>Immutable. An unknown key in code or in the file is an error; elsewhere, where others may have put it, a warning.
 */
public final class TracingConfig {

    /** Any {@code tracing.sampling.*} that is set goes before it. */
    static final String OTEL_TRACES_SAMPLER = "OTEL_TRACES_SAMPLER";

    /** The service's name: X-Ray's segment name, OpenTelemetry's {@code service.name}. */
    public static final ConfigKey<String> SERVICE = ConfigKey.of(
                    "tracing.service", "unknown-service", "a name of 1 to 200 characters", TracingConfig::serviceName)
            .alias("AWS_XRAY_TRACING_NAME")
            .alias("OTEL_SERVICE_NAME")
            .describedAs("The service's name: X-Ray's segment name, OpenTelemetry's service.name");

    /**
     * Patterns of hosts ({@code *} any characters, {@code ?} one; case does not count): a request whose Host header, with
     * its port, matches one is named after that host; any other, and everything that is no request, is {@link #SERVICE}.
     */
    public static final ConfigKey<String> NAMING = ConfigKey.of(
                    "tracing.naming",
                    "",
                    "a pattern of hosts such as *.example.com, or several separated by commas (letters, digits, . - _ : and the"
                            + " wildcards * and ?; at most 200 characters each)",
                    text -> {
                        HostNaming.parse(text);
                        return text;
                    })
            .describedAs("Requests to a host that matches are named after it: docs/headers.md");

    /** Where spans go: one backend, or several separated by commas. Empty takes the only one on the class path. */
    public static final ConfigKey<String> BACKEND = ConfigKey.text(
                    "tracing.backend",
                    "",
                    "xray, otel, log, none, a name that a provider registers, or several of them separated by commas")
            .describedAs("Where spans go; without it, to the only backend on the class path");

    /** Which new traces are recorded. */
    public static final ConfigKey<Sampling> SAMPLING = ConfigKey.oneOf("tracing.sampling", Sampling.ALL)
            .alias(OTEL_TRACES_SAMPLER, TracingConfig::samplerOfOpenTelemetry)
            .describedAs("Which new traces are recorded: docs/sampling.md; rules where rules are named");

    /** The rules of {@link Sampling#RULES}, and what {@link Sampling#REMOTE} falls back to. Setting it means "rules". */
    public static final ConfigKey<String> SAMPLING_RULES = ConfigKey.text(
                    "tracing.sampling.rules",
                    "",
                    "classpath:file.json, or the path of a file: sampling rules in the X-Ray service's JSON"
                            + " ({\"SamplingRule\": {...}}) or the X-Ray SDK's local rules (version 1 or 2)")
            .describedAs("The rules by which new traces are recorded");

    /** What a subsegment does where nothing is current. */
    public static final ConfigKey<ContextMissing> CONTEXT_MISSING = ConfigKey.oneOf(
                    "tracing.context-missing", ContextMissing.IGNORE)
            .alias("AWS_XRAY_CONTEXT_MISSING", TracingConfig::contextMissingOfXRay)
            .describedAs("What a subsegment does with no trace around it");

    /** The headers that are read (in this order, the first valid one wins) and written; empty leaves it to the backend. */
    public static final ConfigKey<List<HeaderFormat>> PROPAGATION = ConfigKey.of(
                    "tracing.propagation",
                    List.<HeaderFormat>of(),
                    "xray, tracecontext, b3, b3multi, or several separated by commas",
                    TracingConfig::headerFormats)
            .alias("OTEL_PROPAGATORS", TracingConfig::propagatorsOfOpenTelemetry)
            .describedAs(
                    "The headers that are read, in this order, and written; without it both are read, and what the backend speaks is written");

    /** Whether a configuration error that is found at the first span throws there, instead of turning tracing off. */
    public static final ConfigKey<Boolean> STRICT = ConfigKey.truth("tracing.strict", false)
            .describedAs("Whether a wrong configuration throws at the first span instead of turning tracing off");

    /** Whether it is remembered where each span and scope is opened, so that one never closed is named (TRC-042). Slow. */
    public static final ConfigKey<Boolean> DEBUG_LEAKS = ConfigKey.truth("tracing.debug.leaks", false)
            .describedAs("Whether the line is named that opened a span or scope which nobody closes; slow");

    /** Whether SLF4J's MDC says what is current, as {@code trace_id}, {@code span_id} and {@code AWS-XRAY-TRACE-ID}. */
    public static final ConfigKey<Boolean> LOG_MDC = ConfigKey.truth("tracing.log.mdc", false)
            .describedAs("Whether SLF4J's MDC has the trace's ids: docs/logs.md; the Spring Boot starter turns it on");

    /** How often the configuration file is looked at, so that a change is put in force without a restart; zero for never. */
    public static final ConfigKey<Duration> RELOAD = ConfigKey.of(
                    "tracing.reload",
                    Duration.ZERO,
                    "off, or how often to look in seconds, 1 to 86400",
                    text -> text.equals("off") ? Duration.ZERO : Duration.ofSeconds(seconds(text)))
            .describedAs(
                    "How often the configuration file is looked at, so that a change is in force without a restart");

    private static final List<ConfigKey<?>> KEYS = List.of(
            SERVICE,
            NAMING,
            BACKEND,
            SAMPLING,
            SAMPLING_RULES,
            CONTEXT_MISSING,
            PROPAGATION,
            STRICT,
            DEBUG_LEAKS,
            RELOAD,
            LOG_MDC);

    /** What {@link #SAMPLING} allows. */
    public enum Sampling {
        /** Every new trace. */
        ALL,
        /** No new trace. */
        NONE,
        /** By the rules of {@link #SAMPLING_RULES}. */
        RULES,
        /** By the rules and targets that the X-Ray service hands out through the daemon. */
        REMOTE
    }

    /** What {@link #CONTEXT_MISSING} allows. */
    public enum ContextMissing {
        /** No span, and no word. */
        IGNORE,
        /** No span; said at most once a minute. */
        WARN,
        /** The span begins a trace of its own. */
        ROOT
    }

    /** Nothing but defaults, made without looking anywhere. */
    static final TracingConfig DEFAULTS = new TracingConfig(Map.of(), List.of());

    /** A value and where it came from. */
    record Setting(String text, String origin) {}

    private final Map<String, Setting> settings;
    private final List<BackendProvider> providers;
    private final SamplerOfConfig sampler;
    private final Source source;

    /** What code said, and the file that said more; null where none did that could change. */
    private record Source(
            Map<String, Setting> code,
            Map<String, Setting> defaults,
            @Nullable Path file) {
        static final Source NONE = new Source(Map.of(), Map.of(), null);
    }

    TracingConfig(Map<String, Setting> settings, List<BackendProvider> providers) {
        this(settings, providers, new SamplerOfConfig(), Source.NONE);
    }

    private TracingConfig(
            Map<String, Setting> settings, List<BackendProvider> providers, SamplerOfConfig sampler, Source source) {
        this.settings = settings;
        this.providers = providers;
        this.sampler = sampler;
        this.source = source;
    }

    /**
     * What the file, the environment and the system properties say.
     *
     * @throws TracingConfigException where any of it is wrong
     */
    public static TracingConfig load() {
        return builder().build();
    }

    /** A configuration from code, over everything else. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of a key. Already checked for core's keys and those of the backends on the class path. */
    public <T> T get(ConfigKey<T> key) {
        Setting setting = settings.get(key.name());
        if (setting == null) {
            return key.defaultValue();
        }
        try {
            return key.parse(setting.text());
        } catch (IllegalArgumentException refused) {
            throw key.isSecret()
                    ? new TracingConfigException(List.of(problem(key, setting, refused)))
                    : new TracingConfigException(problem(key, setting, refused), refused);
        }
    }

    /** Where a key's value came from, as in {@code environment variable TRACING_BACKEND}; {@code default} where it is that. */
    public String origin(ConfigKey<?> key) {
        Setting setting = settings.get(key.name());
        return setting == null ? "default" : setting.origin();
    }

    /** Whether anybody has given the key a value. */
    public boolean isSet(ConfigKey<?> key) {
        return settings.containsKey(key.name());
    }

    /** {@link #SERVICE}. */
    public String service() {
        return get(SERVICE);
    }

    /** {@link #NAMING}. */
    HostNaming naming() {
        return isSet(NAMING) ? HostNaming.parse(get(NAMING)) : HostNaming.NONE;
    }

    /** The backends that {@link #BACKEND} names, in order, without repetition; empty where it names none. */
    public List<String> backends() {
        return Arrays.stream(get(BACKEND).toLowerCase(Locale.ROOT).split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** Those that code brought; they stand before the ones on the class path. */
    List<BackendProvider> providers() {
        return providers;
    }

    /**
     * What decides about new traces: one object for all backends of a set-up.
     *
     * @throws TracingConfigException where the rules are wrong, or the module that reads them is missing
     */
    public Sampler sampler() {
        return sampler.get(this);
    }

    /** The same with this sampler, which lives and ends with one set-up. */
    TracingConfig with(SamplerOfConfig ofSetup) {
        return new TracingConfig(settings, providers, ofSetup, source);
    }

    /** The file that was read; null where there is none, or it cannot change. */
    @Nullable
    Path file() {
        return source.file();
    }

    /**
     * What the sources say by now, under the same code.
     *
     * @throws TracingConfigException where any of it is wrong
     */
    TracingConfig readAgain() {
        Builder builder = builder();
        builder.code.putAll(source.code());
        builder.defaults.putAll(source.defaults());
        builder.providers.addAll(providers);
        return builder.build();
    }

    boolean saysTheSameAs(TracingConfig other) {
        return settings.equals(other.settings);
    }

    /** {@link #SAMPLING}; {@link Sampling#RULES} where rules are named and nothing of ours says otherwise. */
    Sampling sampling() {
        Setting setting = settings.get(SAMPLING.name());
        boolean ours = setting != null && !setting.origin().equals(ConfigReader.VARIABLE + OTEL_TRACES_SAMPLER);
        return !ours && isSet(SAMPLING_RULES) ? Sampling.RULES : get(SAMPLING);
    }

    @Nullable
    Setting setting(ConfigKey<?> key) {
        return settings.get(key.name());
    }

    /** All keys that core and the modules on the class path understand, but those of the weaver, which reads its own. */
    public static List<ConfigKey<?>> keys() {
        return List.copyOf(knownKeys());
    }

    static List<ConfigKey<?>> knownKeys() {
        List<ConfigKey<?>> keys = new ArrayList<>(KEYS);
        BackendProviders.find().forEach(provider -> keys.addAll(provider.keys()));
        SamplerProvider sampling = SamplerProviders.find();
        if (sampling != null) {
            keys.addAll(sampling.keys());
        }
        keys.addAll(ConfigKeyProviders.keys());
        return keys;
    }

    static String problem(ConfigKey<?> key, Setting setting, @Nullable RuntimeException refused) {
        String shown = key.isSecret() ? "***" : setting.text().isEmpty() ? "(empty)" : setting.text();
        String said = refused == null || key.isSecret() ? null : refused.getMessage(); // which may quote the value
        String why = said == null ? "" : " (" + said + ")";
        return key.name() + " = " + shown + " is not allowed" + why + "; allowed: " + key.allowed() + ". "
                + (key.isSecret() ? "" : hint(setting.text())) + "It comes from " + setting.origin();
    }

    /** What people who are used to other formats expect of a properties file, and what it does not do. */
    static String hint(String text) {
        return text.matches("(?s).*\\s[#!].*") ? "In a properties file a comment needs a line of its own. " : "";
    }

    private static String serviceName(String text) {
        if (text.isBlank() || text.length() > 200) {
            throw new IllegalArgumentException("it has " + text.length() + " characters");
        }
        return text.trim();
    }

    private static int seconds(String text) {
        int seconds = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (seconds < 1 || seconds > 86_400) {
            throw new IllegalArgumentException();
        }
        return seconds;
    }

    private static List<HeaderFormat> headerFormats(String text) {
        List<HeaderFormat> formats = new ArrayList<>();
        for (String word : text.split(",")) {
            formats.add(
                    switch (word.trim()) {
                        case "xray" -> HeaderFormat.XRAY;
                        case "tracecontext" -> HeaderFormat.W3C;
                        case "b3" -> HeaderFormat.B3;
                        case "b3multi" -> HeaderFormat.B3_MULTI;
                        default ->
                            throw new IllegalArgumentException("'" + word.trim() + "' is not a format known here");
                    });
        }
        return List.copyOf(formats);
    }

    private static @Nullable String propagatorsOfOpenTelemetry(String text) {
        List<String> ours = Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(Set.of("xray", "tracecontext", "b3", "b3multi")::contains)
                .toList();
        return ours.isEmpty() ? null : String.join(",", ours);
    }

    private static @Nullable String samplerOfOpenTelemetry(String text) {
        return switch (text.trim()) {
            case "always_on", "parentbased_always_on" -> "all";
            case "always_off", "parentbased_always_off" -> "none";
            default -> null; // ratios and remote samplers are the OpenTelemetry SDK's own business
        };
    }

    private static @Nullable String contextMissingOfXRay(String text) {
        return switch (text.trim().toUpperCase(Locale.ROOT)) {
            case "IGNORE_ERROR" -> "ignore";
            case "LOG_ERROR", "RUNTIME_ERROR" -> "warn"; // we never throw
            default -> null;
        };
    }

    @Override
    public String toString() {
        return "TracingConfig" + settings.keySet();
    }

    /** Collects what code says. Not thread-safe; each {@code build} reads the other sources anew. */
    public static final class Builder {

        private final Map<String, Setting> code = new LinkedHashMap<>();
        private final Map<String, Setting> defaults = new LinkedHashMap<>();
        private boolean alone;
        private @Nullable ConfigSources sources;
        private final List<BackendProvider> providers = new ArrayList<>();

        private Builder() {}

        /** A key's value, as text. */
        public Builder set(ConfigKey<?> key, String value) {
            return set(key.name(), value);
        }

        /** A key's value, by the key's name. */
        public Builder set(String key, String value) {
            code.put(key, new Setting(value, "code"));
            return this;
        }

        /** A key's value, and where it came from, for errors and reports: {@code application.yml}. */
        public Builder set(String key, String value, String origin) {
            code.put(key, new Setting(value, origin));
            return this;
        }

        /** What holds where nobody says anything, instead of the key's own default. */
        public Builder defaultsTo(ConfigKey<?> key, String value, String origin) {
            defaults.put(key.name(), new Setting(value, origin));
            return this;
        }

        /** {@link TracingConfig#SERVICE}. */
        public Builder service(String name) {
            return set(SERVICE, name);
        }

        /** {@link TracingConfig#BACKEND}. */
        public Builder backend(String names) {
            return set(BACKEND, names);
        }

        /**
         * A backend that is not on the class path as a service, or that takes the place of one that is: an application's
         * own, or a test's. {@link #backend} still names what is used.
         */
        public Builder provider(BackendProvider provider) {
            providers.add(provider);
            return this;
        }

        /** Looks at nothing but this builder: no file, no environment, no system properties. For tests. */
        public Builder alone() {
            alone = true;
            return this;
        }

        Builder sources(ConfigSources value) {
            sources = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws TracingConfigException naming all that is wrong: key, value, origin, what is allowed
         */
        public TracingConfig build() {
            Collection<ConfigKey<?>> keys = knownKeys();
            providers.forEach(provider -> keys.addAll(provider.keys()));
            ConfigSources from = sources != null ? sources : alone ? ConfigSources.NOTHING : ConfigSources.ofProcess();
            Map<String, Setting> read = new ConfigReader(keys, from).read(code);
            defaults.forEach(read::putIfAbsent);
            return new TracingConfig(
                    read,
                    List.copyOf(providers),
                    new SamplerOfConfig(),
                    new Source(Map.copyOf(code), Map.copyOf(defaults), from.path()));
        }
    }
}
