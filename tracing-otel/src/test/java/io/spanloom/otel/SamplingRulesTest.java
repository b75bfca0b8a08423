package io.spanloom.otel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.TracingConfig;
import io.spanloom.spi.SamplingRequest;
import io.spanloom.spi.SpanSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sampling by rules in an SDK of our own. */
class SamplingRulesTest {

    private static final String RULES = """
            [{"RuleName": "api", "Priority": 1, "FixedRate": 1, "ReservoirSize": 0, "URLPath": "/api/*"},
             {"RuleName": "Default", "FixedRate": 0, "ReservoirSize": 0}]
            """;

    @TempDir
    Path folder;

    private final Map<String, String> otel = new HashMap<>();
    private Receiver receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = new Receiver();
        otel.put("otel.exporter.otlp.endpoint", receiver.endpoint());
        otel.put("otel.bsp.schedule.delay", "60000");
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private OtelBackend backend() throws IOException {
        String file = Files.writeString(folder.resolve("rules.json"), RULES).toString();
        TracingConfig config = AttachedFixture.config(TracingConfig.SAMPLING_RULES.name(), file);
        return new OtelBackend(requireNonNull(OwnSdk.start(config, otel)), config.sampler(), false);
    }

    private static void request(OtelBackend backend, String path) {
        backend.start(
                        SpanSpec.named("GET " + path).kind(SpanKind.SERVER),
                        SpanSeed.asking(null, new SamplingRequest("GET", "localhost", path)))
                .close();
    }

    @Test
    void rule_decidesAndIsAnAttributeOfTheRoot() throws Exception {
        try (OtelBackend backend = backend()) {
            request(backend, "/health");
            request(backend, "/api/home");

            assertThat(backend.flush(Duration.ofSeconds(20))).isTrue();
            assertThat(receiver.spans()).extracting(Span::getName).containsExactly("GET /api/home");
            assertThat(receiver.spans().get(0).getAttributesList()).anySatisfy(attribute -> {
                assertThat(attribute.getKey()).isEqualTo("aws.xray.sampling_rule");
                assertThat(attribute.getValue().getStringValue()).isEqualTo("api");
            });
        }
    }

    @Test
    void ruleByWhichTheLeaderDecided_isAnAttributeOfTheFollower() throws Exception {
        try (OtelBackend backend = backend()) {
            backend.start(
                            SpanSpec.named("job"),
                            SpanSeed.follow(null, "6b0149315b2f0c6a1d2e3f4a5b6c7d8e", "00f067aa0ba902b7", true, 0)
                                    .decidedBy("Cruddur"))
                    .close();

            assertThat(backend.flush(Duration.ofSeconds(20))).isTrue();
            assertThat(receiver.spans().get(0).getAttributesList()).anySatisfy(attribute -> {
                assertThat(attribute.getKey()).isEqualTo("aws.xray.sampling_rule");
                assertThat(attribute.getValue().getStringValue()).isEqualTo("Cruddur");
            });
        }
    }

    @Test
    void explicitRules_goBeforeTheSdksSampler() throws Exception {
        otel.put("otel.traces.sampler", "always_on");
        try (OtelBackend backend = backend()) {
            request(backend, "/health");

            assertThat(backend.flush(Duration.ofSeconds(20))).isTrue();
            assertThat(receiver.spans()).isEmpty();
        }
    }
}
