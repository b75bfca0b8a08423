package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.spanloom.Tracing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The variables of docs/opentelemetry.md and nothing else, in a JVM of their own. */
class HoneycombTest {

    private static final String KEY = "hcaik_0123456789abcdef";

    /** More than the SDK's own limits, which are 128. */
    private static final int MANY = 300;

    static final class Application {

        public static void main(String[] args) {
            Tracing.run("many", span -> {
                for (int i = 0; i < MANY; i++) {
                    span.annotation("key_" + i, i).event("event " + i);
                }
            });
            // Ends without a word: what is queued is delivered all the same.
        }
    }

    @Test
    void variablesAlone_sendAllCompressedWithTheKeyWhichIsNeverShown(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        try (Receiver receiver = new Receiver()) {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            JvmEndTest.classPath(),
                            Application.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "TRACING_BACKEND", "otel",
                            "OTEL_SERVICE_NAME", "backend-java",
                            "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(),
                            "OTEL_EXPORTER_OTLP_HEADERS", "x-honeycomb-team=" + KEY,
                            "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"));
            Process process = builder.start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();

            assertThat(Files.readString(out)).doesNotContain(KEY);
            assertThat(receiver.headers).hasSize(1);
            assertThat(receiver.headers.get(0))
                    .containsEntry("X-honeycomb-team", List.of(KEY))
                    .containsEntry("Content-encoding", List.of("gzip"));
            List<Span> spans = receiver.spans();
            assertThat(spans).extracting(Span::getName).containsExactly("many");
            assertThat(spans.get(0).getAttributesCount()).isGreaterThanOrEqualTo(MANY);
            assertThat(spans.get(0).getEventsCount()).isEqualTo(MANY);
        }
    }
}
