package io.spanloom.examples.micronaut;

import io.spanloom.desk.Trace;
import io.spanloom.desk.TraceDesk;
import io.spanloom.desk.TraceSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The application in a process of its own, with a desk for what it traces. */
final class Life implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final TraceDesk desk = TraceDesk.start();
    private final int port = freePort();
    private final Path out;
    private final Process process;

    Life(String backend, Path folder) throws IOException {
        out = Files.createTempFile(folder, backend, ".log");
        ProcessBuilder builder = new ProcessBuilder(command());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(AWS|OTEL|TRACING|QUARKUS|MICRONAUT|JAVA_TOOL)_.*"));
        environment.put("PORT", Integer.toString(port));
        environment.put("TRACING_BACKEND", backend);
        environment.put("AWS_XRAY_DAEMON_ADDRESS", address(desk.xrayAddress()));
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://" + address(desk.otlpAddress()));
        environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "3600000"); // what arrives has left as the application ended
        process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    }

    private static List<String> command() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-cp", classPath, Application.class.getName());
    }

    private static String address(InetSocketAddress address) {
        return "127.0.0.1:" + address.getPort();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Awaitility.await()
                .atMost(LONG)
                .ignoreException(ConnectException.class)
                .until(
                        () -> process.isAlive() ? client.send(request.build(), BodyHandlers.ofString()) : died(),
                        answer -> true);
    }

    private HttpResponse<String> died() throws IOException {
        throw new AssertionError(log());
    }

    /** As an orchestrator ends it. */
    void end() throws InterruptedException {
        process.destroy();
        process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    String log() throws IOException {
        return Files.readString(out);
    }

    /** The trace of a request from outside, as soon as the desk has so many spans of it. */
    Trace trace(String path, int spans) throws IOException {
        return Awaitility.await(log())
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> desk.traces().stream()
                                .filter(trace -> trace.spans().stream().anyMatch(span -> asks(span, path)))
                                .findFirst()
                                .orElse(null),
                        trace -> trace != null && ended(trace) >= spans);
    }

    private static boolean asks(TraceSpan span, String path) {
        Map<String, Object> request = span.http().getOrDefault("request", Map.of());
        return request.getOrDefault("url", "").toString().endsWith(path);
    }

    private static long ended(Trace trace) {
        return trace.spans().stream().filter(span -> !span.inProgress()).count();
    }

    static TraceSpan named(Trace trace, String name) {
        List<TraceSpan> found =
                trace.spans().stream().filter(span -> span.name().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + name + " in " + trace);
        }
        return found.get(0);
    }

    @Override
    public void close() throws InterruptedException {
        end();
        process.destroyForcibly();
        desk.close();
    }
}
