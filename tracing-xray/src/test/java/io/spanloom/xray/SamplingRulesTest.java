package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sampling by rules, as it shows in segments. */
class SamplingRulesTest extends AtTheDaemon {

    private static final String RULES = """
            [{"RuleName": "api", "Priority": 1, "FixedRate": 1, "ReservoirSize": 0, "URLPath": "/api/*"},
             {"RuleName": "Default", "FixedRate": 0, "ReservoirSize": 0}]
            """;

    @TempDir
    static Path folder;

    @Override
    TracingConfig.Builder configuration() {
        try {
            String file = Files.writeString(folder.resolve("rules.json"), RULES).toString();
            return super.configuration().set(TracingConfig.SAMPLING_RULES, file);
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void rule_isWrittenWhereTheSdkWritesIt() {
        Tracing.segment("GET /api/home", Map.<String, String>of(), Map::get).close();

        assertThat(Tracing.flush(DEADLINE)).isTrue();
        assertThat(daemon.await(1).get(0).at("/aws/xray/rule_name").asText()).isEqualTo("api");
    }

    @Test
    void rootThatTheRulesRefuse_isNotSentAndTellsTheNextService() {
        Map<String, String> headers = new java.util.HashMap<>();
        try (Span health = Tracing.segment("GET /health", Map.<String, String>of(), Map::get)) {
            assertThat(health.isSampled()).isFalse();
            Tracing.inject(headers, Map::put);
        }

        assertThat(headers.get("X-Amzn-Trace-Id")).endsWith(";Sampled=0");
        assertThat(Tracing.flush(DEADLINE)).isTrue();
        assertThat(Tracing.stats().offered()).isZero();
    }
}
