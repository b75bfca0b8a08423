package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.ConfigKey;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.TracingConfigException;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.Sampler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As an application configures it and asks for spans. */
class ConfiguredSamplingTest {

    /** Records requests to /api, never anything else. */
    private static final String API_ONLY =
            "[" + Rules.rule("api", 1, 1, 0, "URLPath", "/api/*", "Host", "cruddur.example") + ","
                    + Rules.rule("Default", 10_000, 0, 0) + "]";

    @TempDir
    Path folder;

    @AfterEach
    void off() {
        Tracing.shutdown();
    }

    private static TracingConfig.Builder configuration() {
        return TracingConfig.builder()
                .alone()
                .service("backend-java")
                .backend("memory")
                .provider(new InMemory("memory", span -> {}));
    }

    private String file(String json) throws Exception {
        return Files.writeString(folder.resolve("rules.json"), json).toString();
    }

    private static boolean isSampled(Span span) {
        try (span) {
            return span.isSampled();
        }
    }

    @Test
    void rulesThatAreNamed_areInForce() throws Exception {
        Tracing.reconfigure(configuration()
                .set(TracingConfig.SAMPLING_RULES, file(API_ONLY))
                .build());
        Map<String, String> headers = Map.of("Host", "cruddur.example");

        assertThat(isSampled(Tracing.segment("GET /api/home", headers, Map::get)))
                .isTrue();
        assertThat(isSampled(Tracing.segment("GET /health", headers, Map::get))).isFalse();
        assertThat(isSampled(Tracing.segment("GET /api/home", Map.of("Host", "other"), Map::get)))
                .isFalse();
        assertThat(isSampled(Tracing.span("job"))).isFalse();
    }

    @Test
    void requestThatIsGiven_goesBeforeTheName() throws Exception {
        Tracing.reconfigure(configuration()
                .set(TracingConfig.SAMPLING_RULES, file(API_ONLY))
                .build());
        Http.Request request = Http.request("GET", "http://user@cruddur.example/api/home?q=/x#y");

        assertThat(isSampled(Tracing.segment("home", request, Map.<String, String>of(), Map::get)))
                .isTrue();
        assertThat(isSampled(Tracing.segment("home", Map.<String, String>of(), Map::get)))
                .isFalse();
    }

    @Test
    void decisionOfTheCaller_isNotTakenAgain() throws Exception {
        Tracing.reconfigure(configuration()
                .set(TracingConfig.SAMPLING_RULES, file(API_ONLY))
                .build());
        String root = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=";

        assertThat(isSampled(Tracing.segment("GET /health", Map.of("X-Amzn-Trace-Id", root + "1"), Map::get)))
                .isTrue();
        assertThat(isSampled(Tracing.segment(
                        "GET /api/home", Map.of("X-Amzn-Trace-Id", root + "0", "Host", "cruddur.example"), Map::get)))
                .isFalse();
        assertThat(isSampled(Tracing.segment(
                        "GET /api/home", Map.of("X-Amzn-Trace-Id", root + "?", "Host", "cruddur.example"), Map::get)))
                .isTrue();
    }

    @Test
    void children_followTheirRootWithoutBeingAsked() throws Exception {
        Tracing.reconfigure(configuration()
                .set(TracingConfig.SAMPLING_RULES, file(API_ONLY))
                .build());
        try (Span root = Tracing.segment("GET /api/home", Map.of("Host", "cruddur.example"), Map::get)) {
            assertThat(isSampled(Tracing.span("GET /health"))).isTrue();
            assertThat(isSampled(Tracing.segment("GET /health"))).isTrue();
        }
    }

    @Test
    void wrongRules_areRefusedWithKeyOriginPlaceAndWhatIsAllowed() throws Exception {
        String wrong = file("[\n" + Rules.rule("api", 1, 7, 0) + "]");
        TracingConfig config =
                configuration().set(TracingConfig.SAMPLING_RULES, wrong).build();

        assertThatThrownBy(() -> Tracing.reconfigure(config))
                .isInstanceOf(TracingConfigException.class)
                .hasMessage("tracing.sampling.rules = " + wrong
                        + " is not allowed ([0].FixedRate: it is 7.0; allowed: 0 to 1 (line 2, column 44)); allowed: "
                        + TracingConfig.SAMPLING_RULES.allowed() + ". It comes from code");
    }

    @Test
    void rulesWithoutAFile_areRefused() {
        TracingConfig config =
                configuration().set(TracingConfig.SAMPLING, "rules").build();

        assertThatThrownBy(() -> Tracing.reconfigure(config))
                .isInstanceOf(TracingConfigException.class)
                .hasMessageContaining("tracing.sampling = rules needs tracing.sampling.rules")
                .hasMessageContaining("It comes from code");
    }

    @Test
    void explicitAll_leavesTheRulesUnread() {
        TracingConfig config = configuration()
                .set(TracingConfig.SAMPLING, "all")
                .set(TracingConfig.SAMPLING_RULES, "/nowhere.json")
                .build();

        assertThat(config.sampler()).isSameAs(Sampler.ALL);
    }

    @Test
    void startUp_saysWhichRulesAreInForce() {
        try (Said said = new Said()) {
            Tracing.reconfigure(configuration()
                    .set(TracingConfig.SAMPLING_RULES, "classpath:xray.json")
                    .build());

            assertThat(said.lines()).anyMatch(line -> line.contains("sampling by 2 rules of classpath:xray.json"));
        }
    }

    @Test
    void serviceTypeAndResource_areConfigured() throws Exception {
        String rules = "[" + Rules.rule("ecs", 1, 1, 0, "ServiceType", "AWS::ECS::*", "ResourceARN", "arn:*") + ","
                + Rules.rule("Default", 10_000, 0, 0) + "]";
        Tracing.reconfigure(configuration()
                .set(TracingConfig.SAMPLING_RULES, file(rules))
                .set(key("tracing.sampling.service-type"), "AWS::ECS::Container")
                .set(key("tracing.sampling.resource-arn"), "arn:aws:ecs:x")
                .build());

        assertThat(isSampled(Tracing.span("job"))).isTrue();
    }

    @Test
    void attributesOfTheRequest_areMatched() throws Exception {
        String bots = "{\"RuleName\":\"bots\",\"Priority\":1,\"FixedRate\":1,\"ReservoirSize\":0,"
                + "\"Attributes\":{\"user_agent.original\":\"*bot*\",\"url.scheme\":\"https\"}}";
        Tracing.reconfigure(configuration()
                .set(TracingConfig.SAMPLING_RULES, file("[" + bots + "," + Rules.rule("Default", 10_000, 0, 0) + "]"))
                .build());
        Http.Request request = Http.request("GET", "https://cruddur.example/");

        assertThat(isSampled(Tracing.segment("home", request.userAgent("Googlebot/2.1"), Map.of(), Map::get)))
                .isTrue();
        assertThat(isSampled(Tracing.segment("home", request.userAgent("curl/8"), Map.of(), Map::get)))
                .isFalse();
        assertThat(isSampled(Tracing.segment("home", request, Map.of(), Map::get)))
                .isFalse();
        assertThat(isSampled(Tracing.segment("GET /", Map.of(), Map::get))).isFalse();
    }

    @Test
    void rule_isKnownToTheFollowersOfAFanout() throws Exception {
        List<MemorySpan> first = new CopyOnWriteArrayList<>();
        List<MemorySpan> second = new CopyOnWriteArrayList<>();
        Tracing.reconfigure(configuration()
                .provider(new InMemory("leader", first::add))
                .provider(new InMemory("follower", second::add))
                .backend("leader,follower")
                .set(TracingConfig.SAMPLING_RULES, file(API_ONLY))
                .build());
        Tracing.segment("GET /api/home", Map.of("Host", "cruddur.example"), Map::get)
                .close();

        assertThat(first).extracting(MemorySpan::rule).containsExactly("api");
        assertThat(second).extracting(MemorySpan::rule).containsExactly("api");
    }

    @Test
    void requestNamedAfterItsHost_isMatchedByThatName() throws Exception {
        String rules = "[" + Rules.rule("preview", 1, 1, 0, "ServiceName", "*.gitpod.io") + ","
                + Rules.rule("Default", 10_000, 0, 0) + "]";
        Tracing.reconfigure(configuration()
                .set(TracingConfig.SAMPLING_RULES, file(rules))
                .set(TracingConfig.NAMING, "*.gitpod.io")
                .build());

        assertThat(isSampled(Tracing.segment("GET /", Map.of("Host", "4567-x.gitpod.io"), Map::get)))
                .isTrue();
        assertThat(isSampled(Tracing.segment("GET /", Map.of("Host", "other.example"), Map::get)))
                .isFalse();
    }

    private static ConfigKey<?> key(String name) {
        return ConfigKey.text(name, "", "");
    }

    /** A backend of a test's own. */
    private record InMemory(String name, Consumer<MemorySpan> onEnd) implements BackendProvider {

        @Override
        public Backend create(TracingConfig config) {
            return new MemoryBackend(name, config.sampler(), onEnd);
        }

        @Override
        public List<ConfigKey<?>> keys() {
            return List.of();
        }
    }
}
