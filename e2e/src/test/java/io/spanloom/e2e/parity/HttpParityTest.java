package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.http.TracingHttpClient;
import io.spanloom.http.TracingServerFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that calls another service: the documents in X-Ray, by either backend and by both at once. */
@Timeout(60)
class HttpParityTest {

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

    private final XRayPort xray = new XRayPort();
    private final OtlpPort otlp = new OtlpPort();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final HttpClient client = TracingHttpClient.wrap(HttpClient.newHttpClient(), "profiles");
    private final String address = "http://127.0.0.1:" + server.getAddress().getPort();

    HttpParityTest() throws IOException {}

    @BeforeEach
    void start() {
        System.setProperty(ENDPOINT, otlp.endpoint());
        server.createContext("/api", exchange -> {
                    try {
                        client.send(
                                HttpRequest.newBuilder(URI.create(address + "/profiles/worf?token=1"))
                                        .build(),
                                BodyHandlers.discarding());
                    } catch (InterruptedException stopping) {
                        throw new IOException(stopping);
                    }
                    Tracing.current().operation("GET /api/:later");
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                })
                .getFilters()
                .add(new TracingServerFilter());
        server.createContext("/profiles", exchange -> {
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                })
                .getFilters()
                .add(new TracingServerFilter(exchange -> "/profiles/{handle}"));
        server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        Tracing.shutdown();
        System.clearProperty(ENDPOINT);
        xray.close();
        otlp.close();
    }

    private void request(String backends) throws Exception {
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("backend-java")
                .backend(backends)
                .set("tracing.naming", "cruddur.*")
                .set("tracing.xray.daemon-address", xray.address())
                .set("tracing.otel.sdk", "own")
                .build());
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/home?page=2"))
                .header("X-Forwarded-For", "203.0.113.9")
                .header("User-Agent", "curl/8")
                .build();
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }

    /** The three documents of the request, by name. */
    private Map<String, ObjectNode> documents(boolean ofXRay) throws Exception {
        Map<String, ObjectNode> byName = new HashMap<>();
        List<JsonNode> all = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> {
            Tracing.flush(Duration.ofSeconds(5));
            if (ofXRay) {
                all.addAll(xray.take());
            } else {
                for (byte[] body : otlp.take()) {
                    all.addAll(ToXRay.rules().documents(body));
                }
            }
            Canonical.of(all).values().forEach(document -> {
                String operation = document.at("/metadata/spanloom/operation").asText();
                byName.put(operation.isEmpty() ? document.path("name").asText() : operation, document);
            });
            return byName.size() >= 3;
        });
        return byName;
    }

    @ParameterizedTest
    @ValueSource(strings = {"xray", "otel"})
    void request_isTheSameByEitherBackend(String backend) throws Exception {
        request(backend);

        Map<String, ObjectNode> documents = documents(backend.equals("xray"));
        assertThat(documents).containsOnlyKeys("GET /api/:later", "profiles", "GET /profiles/:handle");
        JsonNode home = documents.get("GET /api/:later");
        assertThat(home.path("name").asText()).isEqualTo("backend-java");
        assertThat(home.at("/http/request/url").asText()).isEqualTo(address + "/api/home?page=***");
        assertThat(home.at("/http/request/method").asText()).isEqualTo("GET");
        assertThat(home.at("/http/request/user_agent").asText()).isEqualTo("curl/8");
        assertThat(home.at("/http/request/client_ip").asText()).isEqualTo("203.0.113.9");
        assertThat(home.at("/http/request/x_forwarded_for").asBoolean()).isTrue();
        assertThat(home.at("/http/response/status").asInt()).isEqualTo(200);
        JsonNode call = documents.get("profiles");
        assertThat(call.path("namespace").asText()).isEqualTo("remote");
        assertThat(call.path("error").asBoolean()).isTrue();
        assertThat(call.at("/http/request/url").asText()).isEqualTo(address + "/profiles/worf?token=***");
        assertThat(call.path("parent_id").asText()).isEqualTo(home.path("id").asText());
        JsonNode called = documents.get("GET /profiles/:handle");
        assertThat(called.path("parent_id").asText()).isEqualTo(call.path("id").asText());
        assertThat(called.path("trace_id").asText())
                .isEqualTo(home.path("trace_id").asText());
        assertThat(called.at("/http/response/status").asInt()).isEqualTo(404);
    }

    @Test
    void request_isTheSameWithBothAtOnce() throws Exception {
        request("xray,otel");

        Map<String, ObjectNode> ofXRay = byId(documents(true));
        assertThat(Differences.of("X-Ray", ofXRay, "OpenTelemetry", byId(documents(false))))
                .isEmpty();
    }

    private static Map<String, ObjectNode> byId(Map<String, ObjectNode> documents) {
        Map<String, ObjectNode> byId = new HashMap<>();
        documents.values().forEach(document -> byId.put(document.path("id").asText(), document));
        return byId;
    }
}
