package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in an application that brought its own SDK: they say no for good, and yes as far as that SDK agrees. */
class AttachedSamplingTest {

    private static final String RULES = """
            [{"RuleName": "api", "Priority": 1, "FixedRate": 1, "ReservoirSize": 0, "URLPath": "/api/*"},
             {"RuleName": "Default", "FixedRate": 0, "ReservoirSize": 0}]
            """;

    @TempDir
    Path folder;

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().build();
    private Tracer foreign = sdk.getTracer("foreign");

    private void inForce(Sampler sampler) throws Exception {
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build();
        foreign = sdk.getTracer("foreign");
        OtelBackend.use(sdk);
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .backend("otel")
                .set("tracing.otel.sdk", "attach")
                .set(TracingConfig.PROPAGATION, "xray")
                .set(
                        TracingConfig.SAMPLING_RULES,
                        Files.writeString(folder.resolve("rules.json"), RULES).toString())
                .build());
    }

    @AfterEach
    void close() {
        Tracing.shutdown();
        OtelBackend.use(null);
        sdk.close();
    }

    private static String header() {
        Map<String, String> headers = new HashMap<>();
        Tracing.inject(headers, Map::put);
        return headers.getOrDefault("X-Amzn-Trace-Id", "(none)");
    }

    private void request(String name) {
        try (Span request = Tracing.segment(name, Map.<String, String>of(), Map::get)) {
            io.opentelemetry.api.trace.Span theirs =
                    foreign.spanBuilder("theirs").startSpan();
            try (Scope scope = theirs.makeCurrent()) {
                Tracing.run("ours", ours -> {});
            } finally {
                theirs.end();
            }
        }
    }

    @Test
    void rulesThatRefuse_leaveNothingOfOthersEither() throws Exception {
        inForce(Sampler.parentBased(Sampler.alwaysOn()));
        request("GET /health");

        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void ruleThatRecords_isAnAttributeOfTheRoot() throws Exception {
        inForce(Sampler.parentBased(Sampler.alwaysOn()));
        request("GET /api/home");

        assertThat(exporter.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("GET /api/home", "theirs", "ours");
        assertThat(exporter.getFinishedSpanItems())
                .filteredOn(span -> span.getAttributes().get(Keys.SAMPLING_RULE) != null)
                .singleElement()
                .satisfies(root ->
                        assertThat(root.getAttributes().get(Keys.SAMPLING_RULE)).isEqualTo("api"));
    }

    @Test
    void sdkThatRecordsNothing_hasTheLastWordAndTheNextServiceHearsIt() throws Exception {
        inForce(Sampler.alwaysOff());
        try (Span request = Tracing.segment("GET /api/home", Map.<String, String>of(), Map::get)) {
            assertThat(request.isSampled()).isFalse();
            assertThat(header()).endsWith(";Sampled=0");
        }

        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void sdkThatRecordsEverything_keepsWhatOthersBeginBelowARefusedRoot() throws Exception {
        inForce(Sampler.alwaysOn());
        request("GET /health");

        // Not asked about parents, it does not look at ours: the documented limit.
        assertThat(exporter.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .contains("theirs");
    }

    @Test
    void traceOfTheCallerWithoutAParent_takesTheSdksId() throws Exception {
        inForce(Sampler.parentBased(Sampler.alwaysOn()));
        String root = "Root=1-6b014931-5b2f0c6a1d2e3f4a5b6c7d8e;Sampled=";
        try (Span request = Tracing.segment("request", Map.of("X-Amzn-Trace-Id", root + "1"), Map::get)) {
            assertThat(request.traceId()).isNotEqualTo("6b0149315b2f0c6a1d2e3f4a5b6c7d8e");
        }
        try (Span request = Tracing.segment("request", Map.of("X-Amzn-Trace-Id", root + "0"), Map::get)) {
            assertThat(request.traceId()).isEqualTo("6b0149315b2f0c6a1d2e3f4a5b6c7d8e");
        }
    }
}
