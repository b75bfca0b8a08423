package io.spanloom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.OpenTelemetry;
import io.spanloom.Tracing;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The OpenTelemetry backend in a Spring Boot 3.5 application, with the OpenTelemetry that Spring Boot 3.5 manages. */
class OpenTelemetryTest {

    private final Queue<String> exports = new ConcurrentLinkedQueue<>();
    private final HttpServer collector;

    OpenTelemetryTest() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream body =
                    zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                exports.add(new String(body.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
    }

    @BeforeEach
    void start() {
        collector.start();
        System.setProperty(
                "otel.exporter.otlp.endpoint",
                "http://127.0.0.1:" + collector.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        Tracing.shutdown();
        System.clearProperty("otel.exporter.otlp.endpoint");
        collector.stop(0);
    }

    @Test
    void versionOfSpringBoot_isTheOneThatRuns() {
        assertThat(OpenTelemetry.class.getProtectionDomain().getCodeSource().getLocation())
                .asString()
                .contains("1.49.");
    }

    @Test
    void request_arrivesAtTheCollector() throws Exception {
        SpringApplication application = new SpringApplication(ServletApplication.class);
        application.setDefaultProperties(Map.of("server.port", "0"));
        try (ConfigurableApplicationContext context = application.run("--tracing.backend=otel")) {
            URI item = URI.create(
                    "http://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/items/42");
            String answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(item).build(), BodyHandlers.ofString())
                    .body();
            assertThat(answer).matches("found 42 1 [0-9a-f]{32}");
            assertThat(Tracing.flush(Duration.ofSeconds(10))).isTrue();
        }

        await().untilAsserted(() -> assertThat(String.join("", exports))
                .contains("GET /items/:id", "Shop.find", "stock", "service.name", "shop"));
        assertThat(Tracing.stats().dropped()).isEmpty();
    }
}
