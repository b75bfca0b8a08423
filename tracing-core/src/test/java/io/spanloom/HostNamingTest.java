package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a request may give; the contract shows what backends make of them. */
class HostNamingTest {

    private static final SpanSpec REQUEST =
            SpanSpec.named("GET /api/home").kind(SpanKind.SERVER).placement(SpanSpec.Placement.SEGMENT);

    private static TracingConfig config(String key, String value) {
        return TracingConfig.builder()
                .sources(new ConfigSources(Map.of(), Map.of(), Map.of(key, value), "tracing.properties"))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "4567-cruddur.ws-eu1.gitpod.io, 4567-cruddur.ws-eu1.gitpod.io",
        "4567-cruddur.ws-eu1.gitpod.io:443, 4567-cruddur.ws-eu1.gitpod.io:443",
        "3000-cruddur.ws-eu1.gitpod.io,",
    })
    void patternOfCruddur_knowsItsHosts(String host, String expected) {
        // As in AWS_XRAY_URL="*4567-${GITPOD_WORKSPACE_ID}.${GITPOD_WORKSPACE_CLUSTER_HOST}*"
        HostNaming naming = HostNaming.parse("*4567-cruddur.ws-eu1.gitpod.io*");

        assertThat(naming.service(REQUEST, null, Map.of("Host", host), Map::get))
                .isEqualTo(expected);
    }

    @Test
    void whatIsNoRequest_keepsTheConfiguredName() {
        SpanSpec message = SpanSpec.named("message").kind(SpanKind.CONSUMER);

        assertThat(HostNaming.parse("*").service(message, null, Map.of("Host", "a"), Map::get))
                .isNull();
    }

    @Test
    void patternForEverything_takesNoHostLongerThanAName() {
        HostNaming all = HostNaming.parse("*");

        assertThat(all.service(REQUEST, null, Map.of("Host", "x".repeat(200)), Map::get))
                .hasSize(200);
        assertThat(all.service(REQUEST, null, Map.of("Host", "x".repeat(201)), Map::get))
                .isNull();
    }

    @Test
    void nothingConfigured_looksAtNoHeader() {
        assertThat(TracingConfig.DEFAULTS.naming().service(REQUEST, null, "carrier", (carrier, name) -> {
                    throw new AssertionError("looked at " + name);
                }))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://*.gitpod.io | no host has the character '/'",
                "*.gitpod.io, | a pattern is empty",
                "'' | a pattern is empty",
                "a b | no host has the character ' '",
            })
    void patternOfNoHost_isRefusedWithKeyOriginAndWhatIsAllowed(String pattern, String why) {
        // A comma at the end leaves nothing behind it for split: written as two.
        String text = pattern.endsWith(",") ? pattern + " ,x" : pattern;

        assertThatThrownBy(() -> config("tracing.naming", text))
                .isInstanceOf(TracingConfigException.class)
                .hasMessageContaining("tracing.naming = ")
                .hasMessageContaining(
                        " is not allowed (" + why + "); allowed: a pattern of hosts such as *.example.com")
                .hasMessageContaining("It comes from tracing.properties");
    }

    @Test
    void nativeVariable_goesBeforeTheFilesNameForAllOtherHosts() {
        TracingConfig config = TracingConfig.builder()
                .sources(new ConfigSources(
                        Map.of(),
                        Map.of("AWS_XRAY_TRACING_NAME", "from-the-variable"),
                        Map.of("tracing.service", "from-the-file", "tracing.naming", "*.gitpod.io"),
                        "tracing.properties"))
                .build();

        assertThat(config.service()).isEqualTo("from-the-variable");
        assertThat(config.naming().service(REQUEST, null, Map.of("Host", "x.gitpod.io"), Map::get))
                .isEqualTo("x.gitpod.io");
    }
}
