package io.spanloom.examples.cruddur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.weave.Weaver;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A fault in a request, at Rollbar's stand-in and on the trace desk. */
@Isolated("Tracing has one configuration per JVM")
@SuppressWarnings("NullAway.Init") // before each
class RollbarTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> reports = new CopyOnWriteArrayList<>();
    private HttpServer rollbar;
    private Process desk;
    private BufferedReader shown;

    @BeforeEach
    void start() throws IOException {
        Weaver.install();
        rollbar = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        rollbar.createContext("/", exchange -> {
            reports.add(json.readTree(exchange.getRequestBody()));
            byte[] answer = "{\"err\":0,\"result\":{}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        rollbar.start();
        desk = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.spanloom.desk.Main",
                        "serve",
                        "--json",
                        "--xray=127.0.0.1:0",
                        "--otlp=127.0.0.1:0",
                        "--http=127.0.0.1:0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        shown = desk.inputReader(StandardCharsets.UTF_8);
        JsonNode addresses = json.readTree(shown.readLine());
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .backend("xray")
                .service("backend-java")
                .set("tracing.xray.daemon-address", addresses.path("xray").asText())
                .set("tracing.rollbar.token", "c0ffee")
                .set(
                        "tracing.rollbar.endpoint",
                        "http://127.0.0.1:" + rollbar.getAddress().getPort() + "/api/1/item/")
                .build());
    }

    @AfterEach
    void stop() {
        Tracing.shutdown();
        desk.destroyForcibly();
        rollbar.stop(0);
    }

    @Test
    void faultInARequest_isReportedOnceUnderTheTraceThatTheDeskShows() throws Exception {
        int status;
        try (Instances cruddur = new Instances()) {
            status = cruddur.get("/api/activities/boom").statusCode();
        }
        assertThat(Tracing.flush(PATIENCE)).isTrue();
        JsonNode trace = json.readTree(shown.readLine());

        assertThat(status).isEqualTo(500);
        await().atMost(PATIENCE).until(() -> !reports.isEmpty());
        assertThat(reports).hasSize(1);
        JsonNode custom = reports.get(0).path("data").path("custom");
        assertThat(custom.path("span").asText()).isEqualTo("scheduled_activities");
        assertThat(custom.path("service").asText()).isEqualTo("backend-java");
        assertThat(trace.path("traceId").asText())
                .isEqualTo(custom.path("trace_id").asText());
        assertThat(trace.path("spans").findValuesAsText("id"))
                .contains(custom.path("span_id").asText());
        assertThat(trace.path("spans").findValuesAsText("name")).contains("GET /api/activities/boom");
        assertThat(reports.get(0).at("/data/body/trace_chain/0/exception/class").asText())
                .isEqualTo("java.lang.IllegalStateException");
    }
}
