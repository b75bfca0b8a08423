package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.ConfigKeyProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.Said;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupTest {

    /** Found by its name. */
    public static class Acme implements BackendProvider {
        @Override
        public String name() {
            return "acme";
        }

        @Override
        public Backend create(TracingConfig config) {
            return new MemoryBackend(name(), config.sampler(), span -> {});
        }
    }

    /** Found beside the other. */
    public static final class Zenith extends Acme {
        @Override
        public String name() {
            return "zenith";
        }
    }

    /** Of the other's name. */
    public static final class Impostor extends Acme {}

    /** Says no. */
    public static final class Refusing extends Acme {
        @Override
        public Backend create(TracingConfig config) {
            throw new IllegalStateException("no licence");
        }
    }

    /** A module's keys. */
    public static final class Keys implements ConfigKeyProvider {
        @Override
        public List<ConfigKey<?>> keys() {
            return List.of(ConfigKey.truth("tracing.acme.quick", false));
        }
    }

    private static TracingConfig backend(String names) {
        return TracingConfig.builder().alone().backend(names).build();
    }

    private static String refusal(TracingConfig config) {
        try {
            return "set up: " + Setup.of(config).backend().name();
        } catch (TracingConfigException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void unknownBackend_namesTheNearestAndThoseFound() {
        assertThat(refusal(backend("lgo")))
                .isEqualTo("tracing.backend = lgo: there is no such backend (found: log, none); did you mean log?"
                        + " It comes from code");
    }

    @Test
    void unknownBackendNearOneThatIsMissing_namesThat() {
        assertThat(refusal(backend("x-ray"))).contains("did you mean xray?");
    }

    @Test
    void backendWhoseArtifactIsMissing_namesTheArtifact() {
        assertThat(refusal(backend("xray")))
                .isEqualTo("tracing.backend = xray: that backend is not on the class path (found: log, none); add"
                        + " io.spanloom:tracing-xray. It comes from code");
        assertThat(refusal(backend("log,otel"))).contains("add io.spanloom:tracing-otel");
    }

    @Test
    void noBackendNamedAndNoneFound_isOffAndSaid() throws Exception {
        String said = Said.by(() -> assertThat(Setup.of(backend("")).backend()).isSameAs(Backend.none()));

        assertThat(said).contains("TRC-001: tracing is off").contains("io.spanloom:tracing-otel");
    }

    @Test
    void noBackendNamedAndOneFound_isThatOne() throws Exception {
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Acme.class)) {
            assertThat(Setup.of(backend("")).backend().name()).isEqualTo("acme");
        }
    }

    @Test
    void noBackendNamedAndSeveralFound_asksForOne() throws Exception {
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Acme.class, Zenith.class)) {
            assertThat(refusal(backend("")))
                    .isEqualTo("tracing.backend is not set, and there are several backends on the class path: acme,"
                            + " zenith; set it to one of them, or to several separated by commas");
        }
    }

    @Test
    void severalNamed_areAFanout() throws Exception {
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Acme.class, Zenith.class)) {
            assertThat(Setup.of(backend("zenith,acme")).backend())
                    .isInstanceOf(FanoutBackend.class)
                    .extracting(Backend::name)
                    .isEqualTo("zenith,acme");
        }
    }

    @Test
    void noneAmongSeveral_isLeftOut() throws Exception {
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Acme.class)) {
            assertThat(Setup.of(backend("none,acme")).backend().name()).isEqualTo("acme");
        }
    }

    @Test
    void providerThatCannotBeLoaded_doesNotDisturbTheOthers() throws Exception {
        String said = Said.by(() -> {
            try (ProvidersOnThePath path = ProvidersOnThePath.ofNames("acme.Missing", Acme.class.getName())) {
                assertThat(Setup.of(backend("acme")).backend().name()).isEqualTo("acme");
            }
        });

        assertThat(said).contains("TRC-005").contains("acme.Missing");
    }

    @Test
    void twoProvidersOfOneName_theFirstIsUsedAndThatIsSaid() throws Exception {
        String said = Said.by(() -> {
            try (ProvidersOnThePath path = ProvidersOnThePath.of(Acme.class, Impostor.class)) {
                Setup.of(backend("acme"));
            }
        });

        assertThat(said).contains("TRC-004").contains("Acme is used").contains("Impostor is not");
    }

    @Test
    void providerThatRefuses_isAConfigurationErrorWithItsWords() throws Exception {
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Refusing.class)) {
            TracingConfig config = backend("acme");

            assertThatExceptionOfType(TracingConfigException.class)
                    .isThrownBy(() -> Setup.of(config))
                    .withMessage("the backend 'acme' cannot be set up: no licence")
                    .withCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a provider must not do
    void providerThatGivesNull_isAConfigurationError() {
        BackendProvider empty = new Acme() {
            @Override
            public Backend create(TracingConfig config) {
                return null;
            }
        };

        assertThat(refusal(TracingConfig.builder()
                        .alone()
                        .provider(empty)
                        .backend("acme")
                        .build()))
                .contains("the backend 'acme' cannot be set up")
                .contains("its provider gave none");
    }

    @Test
    void backendWhoseCloseFails_isSaidAndDoesNoHarm() throws Exception {
        ClosingBackend failing = new ClosingBackend(() -> {
            throw new NoClassDefFoundError("acme/Gone");
        });

        assertThat(Said.by(() -> new Setup(
                                TracingConfig.DEFAULTS,
                                failing,
                                new Propagation(java.util.List.of(), java.util.List.of()),
                                TracingConfig.ContextMissing.IGNORE,
                                HostNaming.NONE,
                                new SamplerOfConfig(),
                                null,
                                Listening.NONE)
                        .close()))
                .contains("TRC-023: the backend silent could not be closed")
                .contains("acme/Gone");
    }

    @Test
    void oneOfSeveralRefuses_theOthersAreClosed() {
        boolean[] closed = {false};
        BackendProvider well = new Acme() {
            @Override
            public Backend create(TracingConfig config) {
                return new ClosingBackend(() -> closed[0] = true);
            }
        };
        TracingConfig config = TracingConfig.builder()
                .alone()
                .provider(well)
                .backend("acme,xray")
                .build();

        assertThat(refusal(config)).contains("tracing-xray");
        assertThat(closed[0]).isTrue();
    }

    @Test
    void providerFromCode_takesThePlaceOfTheOneOnTheClassPath() throws Exception {
        Backend own = new ClosingBackend(() -> {});
        BackendProvider provider = new Acme() {
            @Override
            public Backend create(TracingConfig config) {
                return own;
            }
        };
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Acme.class)) {
            assertThat(Setup.of(TracingConfig.builder()
                                    .alone()
                                    .provider(provider)
                                    .backend("acme")
                                    .build())
                            .backend())
                    .isSameAs(own);
        }
    }

    @Test
    void summary_isALine() throws Exception {
        try (ProvidersOnThePath path = ProvidersOnThePath.of(Acme.class)) {
            assertThat(Setup.of(backend("acme")).summary())
                    .isEqualTo("tracing: backend acme, service unknown-service, sampling all (every new trace is"
                            + " recorded; tracing.sampling decides)");
        }
    }

    @Test
    void keysOfAModuleThatCannotBeLoaded_doNotHideThoseOfTheOthers() throws Exception {
        try (ProvidersOnThePath path =
                ProvidersOnThePath.ofService(ConfigKeyProvider.class, "com.example.Missing", Keys.class.getName())) {
            assertThat(path).isNotNull();
            assertThat(TracingConfig.keys()).extracting(ConfigKey::name).contains("tracing.acme.quick");
        }
    }
}
