package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.Tracing;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of a JVM of its own: the application's shutdown hooks run beside ours. */
class JvmEndTest {

    /** Spans at 10 ms each: longer than it takes to flush once and close. */
    private static final int ENOUGH = 8;

    /** Spans that end in a hook of the application's, for as long as a server takes to stop. */
    static final class Application {

        public static void main(String[] args) {
            Tracing.run("first", span -> {});
            Tracing.flush(Duration.ofSeconds(30)); // the first sending loads classes, for longer than an end may take
            Span open = Tracing.span("open").detach();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                open.close();
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
                while (System.nanoTime() < until) {
                    Tracing.run("stopping", span -> rest());
                }
            }));
            System.exit(0);
        }

        private static void rest() {
            try {
                Thread.sleep(10);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void spansThatEndInTheApplicationsOwnHook_arrive() throws Exception {
        try (Receiver receiver = new Receiver()) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classPath(),
                    "-Dtracing.backend=otel",
                    "-Dtracing.otel.sdk=own",
                    "-Dotel.exporter.otlp.endpoint=" + receiver.endpoint(),
                    Application.class.getName()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(process.exitValue()).isZero();
            List<String> names = receiver.spans().stream()
                    .map(io.opentelemetry.proto.trace.v1.Span::getName)
                    .toList();
            assertThat(names).contains("open");
            assertThat(names).filteredOn("stopping"::equals).hasSizeGreaterThanOrEqualTo(ENOUGH);
        }
    }

    /** Everything that is seen here, whether on the class path or on the module path. */
    static String classPath() throws Exception {
        List<String> path = new ArrayList<>();
        for (Class<?> seen : List.of(JvmEndTest.class, OtelBackend.class)) {
            path.add(Path.of(seen.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        path.add(Objects.requireNonNullElse(System.getProperty("jdk.module.path"), ""));
        path.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, path);
    }
}
