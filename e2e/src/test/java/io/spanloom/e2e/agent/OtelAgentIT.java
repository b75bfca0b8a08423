package io.spanloom.e2e.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.spanloom.e2e.parity.OtlpPort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside the OpenTelemetry agent and its instrumentation of libraries: {@link AgentApp}. */
class OtelAgentIT {

    private static final Path AGENT =
            Path.of(System.getProperty("other.agents", "target/agents"), "opentelemetry-javaagent.jar");

    @TempDir
    private Path folder;

    private String run(OtlpPort collector, String instance, boolean jdbc) throws Exception {
        Path out = folder.resolve("out");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + AGENT.toAbsolutePath(),
                        "-Dotel.exporter.otlp.endpoint=" + collector.endpoint(),
                        "-Dotel.exporter.otlp.protocol=http/protobuf",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none",
                        "-Dotel.instrumentation.jdbc.enabled=" + jdbc,
                        "-cp",
                        classPath,
                        AgentApp.class.getName(),
                        instance)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static List<Span> spans(OtlpPort collector) throws Exception {
        List<Span> spans = new ArrayList<>();
        for (byte[] body : collector.take()) {
            ExportTraceServiceRequest.parseFrom(body)
                    .getResourceSpansList()
                    .forEach(resource ->
                            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
        }
        return spans;
    }

    private static List<Span> children(List<Span> spans, Span parent) {
        return spans.stream()
                .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
                .toList();
    }

    private static Span child(List<Span> spans, Span parent) {
        return spans.stream()
                .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"global", "given"})
    void spansOfTheAgent_nestAboveAndBelowOursAndBaggageStays(String instance) throws Exception {
        try (OtlpPort collector = new OtlpPort()) {
            String said = run(collector, instance, true);
            List<Span> spans = spans(collector);

            assertThat(said)
                    .contains("answer tenant acme", "baggage acme", "left false")
                    .doesNotContain("TRC-");
            // Nine and no more: the agent alone makes a span of the method with @WithSpan.
            assertThat(spans)
                    .hasSize(9)
                    .extracting(Span::getTraceId)
                    .containsOnly(spans.get(0).getTraceId());
            Span caller = spans.stream()
                    .filter(span -> span.getParentSpanId().isEmpty())
                    .findFirst()
                    .orElseThrow();
            Span client = child(spans, caller);
            Span server = child(spans, client);
            Span ours = child(spans, server);
            Span theirs = child(spans, ours);
            Span below = child(spans, theirs);

            assertThat(List.of(caller, client, server, ours, theirs, below))
                    .extracting(Span::getName, Span::getKind)
                    .containsExactly(
                            tuple("caller", SpanKind.SPAN_KIND_INTERNAL),
                            tuple("GET", SpanKind.SPAN_KIND_CLIENT),
                            tuple("GET /", SpanKind.SPAN_KIND_SERVER),
                            tuple("enqueue", SpanKind.SPAN_KIND_PRODUCER),
                            tuple("theirs", SpanKind.SPAN_KIND_INTERNAL),
                            tuple("ours below theirs", SpanKind.SPAN_KIND_INTERNAL));
            List<Span> statements = children(spans, below);
            assertThat(statements)
                    .extracting(Span::getName, Span::getKind)
                    .containsExactlyInAnyOrder(
                            tuple("SELECT cruddur", SpanKind.SPAN_KIND_CLIENT),
                            tuple("SELECT cruddur", SpanKind.SPAN_KIND_CLIENT));
            assertThat(statements.stream().mapToInt(one -> children(spans, one).size()))
                    .containsExactlyInAnyOrder(0, 1);
            assertThat(ours.getEventsList()).extracting(Span.Event::getName).containsExactly("queued");
            assertThat(ours.getLinksList()).hasSize(1);
            assertThat(caller.getAttributesList())
                    .anyMatch(attribute -> attribute.getKey().equals("tenant")
                            && attribute.getValue().getStringValue().equals("acme"));
        }
    }

    @Test
    void agentToldToLeaveJdbcAlone_oneSpanOfAStatement() throws Exception {
        try (OtlpPort collector = new OtlpPort()) {
            run(collector, "global", false);

            assertThat(spans(collector)).extracting(Span::getName).hasSize(7).containsOnlyOnce("SELECT cruddur");
        }
    }
}
