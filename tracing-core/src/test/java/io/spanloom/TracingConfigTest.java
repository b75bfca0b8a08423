package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spanloom.TracingConfig.ContextMissing;
import io.spanloom.TracingConfig.Sampling;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.HeaderFormat;
import io.spanloom.spi.Said;
import io.spanloom.spi.Sampler;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingConfigTest {

    private static final Map<String, String> NONE = Map.of();

    private static TracingConfig.Builder from(
            Map<String, String> properties, Map<String, String> environment, Map<String, String> file) {
        return TracingConfig.builder().sources(new ConfigSources(properties, environment, file, "tracing.properties"));
    }

    private static TracingConfig environment(String variable, String value) {
        return from(NONE, Map.of(variable, value), NONE).build();
    }

    private static List<String> problems(TracingConfig.Builder builder) {
        return catchThrowableOfType(TracingConfigException.class, builder::build)
                .problems();
    }

    // --- precedence --------------------------------------------------------------------------------------------------

    @Test
    void everySource_codeWins() {
        TracingConfig config = from(
                        Map.of("tracing.service", "property"),
                        Map.of("TRACING_SERVICE", "variable", "OTEL_SERVICE_NAME", "alias"),
                        Map.of("tracing.service", "file"))
                .service("code")
                .build();

        assertThat(config.service()).isEqualTo("code");
        assertThat(config.origin(TracingConfig.SERVICE)).isEqualTo("code");
    }

    @Test
    void withoutCode_theSystemPropertyWins() {
        TracingConfig config = from(
                        Map.of("tracing.service", "property"),
                        Map.of("TRACING_SERVICE", "variable", "OTEL_SERVICE_NAME", "alias"),
                        Map.of("tracing.service", "file"))
                .build();

        assertThat(config.service()).isEqualTo("property");
        assertThat(config.origin(TracingConfig.SERVICE)).isEqualTo("system property tracing.service");
    }

    @Test
    void withoutSystemProperty_theVariableWins() {
        TracingConfig config = from(
                        NONE,
                        Map.of("TRACING_SERVICE", "variable", "OTEL_SERVICE_NAME", "alias"),
                        Map.of("tracing.service", "file"))
                .build();

        assertThat(config.service()).isEqualTo("variable");
        assertThat(config.origin(TracingConfig.SERVICE)).isEqualTo("environment variable TRACING_SERVICE");
    }

    @Test
    void withoutOwnVariable_theAliasWins() {
        TracingConfig config = from(NONE, Map.of("OTEL_SERVICE_NAME", "alias"), Map.of("tracing.service", "file"))
                .build();

        assertThat(config.service()).isEqualTo("alias");
        assertThat(config.origin(TracingConfig.SERVICE)).isEqualTo("environment variable OTEL_SERVICE_NAME");
    }

    @Test
    void withoutEnvironment_theFileWins() {
        TracingConfig config =
                from(NONE, NONE, Map.of("tracing.service", " file ")).build();

        assertThat(config.service()).isEqualTo("file");
        assertThat(config.origin(TracingConfig.SERVICE)).isEqualTo("tracing.properties");
    }

    @Test
    void withNothing_theDefaultHolds() {
        TracingConfig config = from(NONE, NONE, NONE).build();

        assertThat(config.service()).isEqualTo("unknown-service");
        assertThat(config.origin(TracingConfig.SERVICE)).isEqualTo("default");
        assertThat(config.isSet(TracingConfig.SERVICE)).isFalse();
        assertThat(config.backends()).isEmpty();
        assertThat(config.sampler()).isSameAs(Sampler.ALL);
    }

    @Test
    void blankVariable_isNoValue() {
        TracingConfig config = from(NONE, Map.of("TRACING_SERVICE", " ", "AWS_XRAY_TRACING_NAME", "alias"), NONE)
                .build();

        assertThat(config.service()).isEqualTo("alias");
    }

    @Test
    void alone_looksAtNothingElse() {
        System.setProperty("tracing.service", "property");
        try {
            assertThat(TracingConfig.builder().alone().build().service()).isEqualTo("unknown-service");
            assertThat(TracingConfig.load().service()).isEqualTo("property");
        } finally {
            System.clearProperty("tracing.service");
        }
    }

    // --- problems ----------------------------------------------------------------------------------------------------

    @Test
    void unknownKeyInTheFile_isAnErrorWithTheNearestKnownOne() {
        assertThat(problems(from(NONE, NONE, Map.of("tracing.servise", "x"))))
                .containsExactly("unknown key tracing.servise; did you mean tracing.service? It comes from"
                        + " tracing.properties");
    }

    @Test
    void unknownKeyFarFromAll_listsTheKnownOnes() {
        assertThat(problems(from(NONE, NONE, Map.of("colour", "x"))).get(0))
                .startsWith("unknown key colour; known keys: tracing.backend, ");
    }

    @Test
    void unknownKeyInCode_isAnError() {
        assertThat(problems(TracingConfig.builder().alone().set("tracing.samplin", "all")))
                .containsExactly("unknown key tracing.samplin; did you mean tracing.sampling? It comes from code");
    }

    @Test
    void unknownKeysElsewhere_areSaidAndDoNoHarm() throws Exception {
        String said = Said.by(() -> from(Map.of("tracing.servise", "x"), Map.of("TRACING_BACKENDS", "x"), NONE)
                .build());

        assertThat(said)
                .contains("TRC-003: unknown key tracing.servise; did you mean tracing.service? It comes from"
                        + " system property tracing.servise")
                .contains("did you mean tracing.backend? It comes from environment variable TRACING_BACKENDS");
    }

    @Test
    void whereTheFileIs_isNoUnknownKey() throws Exception {
        assertThat(Said.by(() -> from(Map.of("tracing.config", "x"), Map.of("TRACING_CONFIG", "x"), NONE)
                        .build()))
                .isEmpty();
    }

    @Test
    void valueThatIsNotAllowed_namesKeyValueOriginAndWhatIs() {
        assertThat(problems(from(NONE, Map.of("TRACING_SAMPLING", "some"), NONE)))
                .containsExactly("tracing.sampling = some is not allowed; allowed: all, none, rules, remote."
                        + " It comes from environment variable TRACING_SAMPLING");
    }

    @Test
    void samplerOfOpenTelemetry_givesWayToAnythingOfOursThatIsSet() {
        Map<String, String> off = Map.of("OTEL_TRACES_SAMPLER", "always_off");

        assertThat(from(NONE, off, NONE).build().sampling()).isEqualTo(TracingConfig.Sampling.NONE);
        assertThat(from(NONE, off, Map.of("tracing.sampling", "all")).build().sampling())
                .isEqualTo(TracingConfig.Sampling.ALL);
        assertThat(from(Map.of("tracing.sampling", "all"), off, NONE).build().sampling())
                .isEqualTo(TracingConfig.Sampling.ALL);
        assertThat(from(NONE, Map.of("OTEL_TRACES_SAMPLER", "always_off", "TRACING_SAMPLING", "remote"), NONE)
                        .build()
                        .sampling())
                .isEqualTo(TracingConfig.Sampling.REMOTE);
        assertThat(from(NONE, off, NONE).set("tracing.sampling", "all").build().sampling())
                .isEqualTo(TracingConfig.Sampling.ALL);
        assertThat(from(NONE, Map.of("OTEL_TRACES_SAMPLER", "always_off", "TRACING_SAMPLING_RULES", "r.json"), NONE)
                        .build()
                        .sampling())
                .isEqualTo(TracingConfig.Sampling.RULES);
        assertThat(from(NONE, off, Map.of("tracing.sampling.rules", "r.json"))
                        .build()
                        .sampling())
                .isEqualTo(TracingConfig.Sampling.RULES);
    }

    @Test
    void rulesWithoutTheModule_areRefusedWithTheJarToAdd() {
        assertThatThrownBy(() -> from(NONE, Map.of("TRACING_SAMPLING_RULES", "r.json"), NONE)
                        .build()
                        .sampler())
                .isInstanceOf(TracingConfigException.class)
                .hasMessage("tracing.sampling = rules: no module that samples by rules is on the class path; add"
                        + " io.spanloom:tracing-sampling. It comes from environment variable TRACING_SAMPLING_RULES");
    }

    @Test
    void commentBehindAValue_isExplained() {
        assertThat(problems(from(NONE, NONE, Map.of("tracing.sampling", "all   # for now"))))
                .singleElement()
                .asString()
                .contains("In a properties file a comment needs a line of its own.");
    }

    @Test
    void severalProblems_areToldTogether() {
        TracingConfig.Builder builder = from(
                Map.of("tracing.strict", "perhaps"),
                NONE,
                Map.of("tracing.servise", "x", "tracing.propagation", "jaeger", "tracing.service", "s".repeat(201)));

        assertThat(problems(builder))
                .hasSize(4)
                .anyMatch(problem -> problem.contains("tracing.servise"))
                .anyMatch(problem -> problem.contains("'jaeger' is not a format known here"))
                .anyMatch(problem -> problem.contains("it has 201 characters"))
                .anyMatch(problem -> problem.contains("allowed: true, false"));
        assertThatExceptionOfType(TracingConfigException.class)
                .isThrownBy(builder::build)
                .withMessageStartingWith("4 problems:\n  - ");
    }

    @Test
    void keysOfModulesThatAreAbsent_areAccepted() throws Exception {
        String said = Said.by(() -> from(
                        Map.of("tracing.otel.endpoint", "x"),
                        Map.of("TRACING_XRAY_DAEMON_ADDRESS", "x"),
                        Map.of(
                                "tracing.xray.daemon-address", "xray-daemon:2000",
                                "tracing.http.query", "none",
                                "tracing.sql.text", "true"))
                .build());

        assertThat(said).isEmpty();
    }

    @Test
    void unknownKeyOfAModuleThatIsThere_isAnError() {
        ConfigKey<String> known = ConfigKey.text("tracing.xray.daemon-address", "", "host:port");

        assertThat(problems(from(NONE, NONE, Map.of("tracing.xray.daemon-adress", "x"))
                        .provider(providing(known))))
                .containsExactly("unknown key tracing.xray.daemon-adress; did you mean tracing.xray.daemon-address?"
                        + " It comes from tracing.properties");
    }

    @Test
    void unknownVariableOfAModuleThatIsThere_isSaid() throws Exception {
        ConfigKey<String> known = ConfigKey.text("tracing.xray.daemon-address", "", "host:port");

        assertThat(Said.by(() -> from(NONE, Map.of("TRACING_XRAY_DAEMON_ADRESS", "x"), NONE)
                        .provider(providing(known))
                        .build()))
                .contains("did you mean tracing.xray.daemon-address?");
    }

    @Test
    void secretThatIsRefused_isNotShown() {
        ConfigKey<String> secret = ConfigKey.of("tracing.acme.key", "", "a key", text -> {
                    throw new IllegalArgumentException("'" + text + "' is no key");
                })
                .asSecret()
                .alias("ACME_KEY");

        TracingConfigException refused = catchThrowableOfType(
                TracingConfigException.class,
                () -> from(NONE, Map.of("ACME_KEY", "hunter2"), NONE)
                        .provider(providing(secret))
                        .build());

        assertThat(refused)
                .hasMessage("tracing.acme.key = *** is not allowed; allowed: a key. It comes from environment variable"
                        + " ACME_KEY")
                .hasNoCause();
    }

    @Test
    void secretThatIsRefusedWhenAsked_isNotShown() {
        ConfigKey<String> secret = ConfigKey.of("tracing.otel.key", "", "a key", text -> {
                    throw new IllegalArgumentException("'" + text + "' is no key");
                })
                .asSecret();
        TracingConfig config =
                from(NONE, NONE, Map.of("tracing.otel.key", "hunter2")).build();

        assertThatExceptionOfType(TracingConfigException.class)
                .isThrownBy(() -> config.get(secret))
                .withNoCause()
                .withMessageNotContaining("hunter2");
    }

    @Test
    void keyOfNoSuchForm_isRefusedWhenItIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigKey.text("acme.key", "", ""))
                .withMessageContaining("acme.key");
    }

    private static BackendProvider providing(ConfigKey<?> key) {
        return new BackendProvider() {
            @Override
            public String name() {
                return "acme";
            }

            @Override
            public List<ConfigKey<?>> keys() {
                return List.of(key);
            }

            @Override
            public Backend create(TracingConfig config) {
                return Backend.none();
            }
        };
    }

    // --- native variables --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"RUNTIME_ERROR,WARN", "LOG_ERROR,WARN", "IGNORE_ERROR,IGNORE"})
    void contextMissingOfXRay_isTranslated(String theirs, ContextMissing ours) {
        assertThat(environment("AWS_XRAY_CONTEXT_MISSING", theirs).get(TracingConfig.CONTEXT_MISSING))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "always_on,ALL",
        "parentbased_always_on,ALL",
        "always_off,NONE",
        "parentbased_always_off,NONE",
        "traceidratio,ALL"
    })
    void samplerOfOpenTelemetry_isTranslated(String theirs, Sampling ours) {
        assertThat(environment("OTEL_TRACES_SAMPLER", theirs).get(TracingConfig.SAMPLING))
                .isEqualTo(ours);
    }

    @Test
    void propagatorsOfOpenTelemetry_keepTheOnesKnownHere() {
        assertThat(environment("OTEL_PROPAGATORS", "tracecontext,baggage,xray").get(TracingConfig.PROPAGATION))
                .containsExactly(HeaderFormat.W3C, HeaderFormat.XRAY);
        assertThat(environment("OTEL_PROPAGATORS", "b3multi,b3").get(TracingConfig.PROPAGATION))
                .containsExactly(HeaderFormat.B3_MULTI, HeaderFormat.B3);
        assertThat(environment("OTEL_PROPAGATORS", "jaeger,ottrace").get(TracingConfig.PROPAGATION))
                .isEmpty();
    }

    @Test
    void backends_areLowerCasedTrimmedAndNamedOnce() {
        assertThat(TracingConfig.builder()
                        .alone()
                        .backend(" XRay , otel,xray,, ")
                        .build()
                        .backends())
                .containsExactly("xray", "otel");
    }
}
