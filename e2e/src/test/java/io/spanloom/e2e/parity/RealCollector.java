package io.spanloom.e2e.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A running OpenTelemetry Collector with {@code awsxrayexporter}, which sends to a stand-in of X-Ray's API. It also holds
 * {@link ExporterRules} against the exporter, request by request.
 */
final class RealCollector implements ToXRay, AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final HttpServer api;
    private final ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final URI otlp;
    private final ToXRay rules = ToXRay.rules();
    private final List<String> differences = new ArrayList<>();
    private Process process;
    private int compared;

    private RealCollector() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::put);
        api.start();
        folder = Files.createTempDirectory("collector");
        otlp = URI.create("http://127.0.0.1:" + freePort() + "/v1/traces");
    }

    static RealCollector start(Path binary) throws Exception {
        RealCollector collector = new RealCollector();
        collector.run(binary);
        return collector;
    }

    /** How many documents of the exporter were held against the rules. */
    int compared() {
        return compared;
    }

    /** Where the exporter's documents were others than the rules say. */
    List<String> differences() {
        return differences;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void run(Path binary) throws Exception {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, """
                receivers:
                  otlp:
                    protocols:
                      http:
                        endpoint: 127.0.0.1:%d
                exporters:
                  awsxray:
                    endpoint: http://127.0.0.1:%d
                    region: eu-west-1
                    local_mode: true
                    index_all_attributes: false
                service:
                  telemetry:
                    metrics:
                      level: none
                  pipelines:
                    traces:
                      receivers: [otlp]
                      exporters: [awsxray]
                """.formatted(otlp.getPort(), api.getAddress().getPort()));
        ProcessBuilder builder = new ProcessBuilder(binary.toString(), "--config", config.toString());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", "dummy",
                        "AWS_SECRET_ACCESS_KEY", "dummy",
                        "AWS_REGION", "eu-west-1",
                        "AWS_EC2_METADATA_DISABLED", "true"));
        Path log = folder.resolve("log");
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        long deadline = System.nanoTime() + START.toNanos();
        while (!isUp()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the collector did not start: " + Files.readString(log));
            }
            Thread.sleep(20);
        }
    }

    /** An empty request is answered as soon as the receiver listens. */
    private boolean isUp() throws InterruptedException {
        try {
            return send(new byte[0]).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> send(byte[] body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(otlp)
                        .header("Content-Type", "application/x-protobuf")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** X-Ray's {@code PutTraceSegments}. */
    private void put(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request =
                    XRayPort.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            request.path("TraceSegmentDocuments").forEach(document -> received.add(document.asText()));
            byte[] answer = "{\"UnprocessedTraceSegments\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** The exporter has no queue: it answers when X-Ray has. */
    @Override
    public List<? extends JsonNode> documents(byte[] otlpRequest) {
        received.clear();
        try {
            HttpResponse<String> response = send(otlpRequest);
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        "the collector answered " + response.statusCode() + ": " + response.body());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        List<JsonNode> documents = received.stream().map(XRayPort::read).toList();
        Map<String, ObjectNode> real = Canonical.of(documents);
        differences.addAll(Differences.of("exporter", real, "rules", Canonical.of(rules.documents(otlpRequest))));
        compared += real.size();
        return documents;
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor();
        api.stop(0);
        Files.deleteIfExists(folder.resolve("config.yaml"));
        Files.deleteIfExists(folder.resolve("log"));
        Files.deleteIfExists(folder);
    }
}
