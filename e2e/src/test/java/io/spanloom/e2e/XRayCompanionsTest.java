package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.config.DaemonConfiguration;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.interceptors.TracingInterceptor;
import com.amazonaws.xray.jakarta.servlet.AWSXRayServletFilter;
import com.amazonaws.xray.sql.TracingConnection;
import com.amazonaws.xray.strategy.IgnoreErrorContextMissingStrategy;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The X-Ray SDK's own instrumentation, above and below Spanloom's spans. */
class XRayCompanionsTest {

    private final AWSXRayRecorder before = AWSXRay.getGlobalRecorder();
    private Datagrams daemon;

    @BeforeEach
    void inForce() throws Exception {
        daemon = new Datagrams();
        DaemonConfiguration address = new DaemonConfiguration();
        address.setDaemonAddress(daemon.address());
        AWSXRay.setGlobalRecorder(AWSXRayRecorderBuilder.standard()
                .withEmitter(Emitter.create(address))
                .withSamplingStrategy(new AllSamplingStrategy())
                .withContextMissingStrategy(new IgnoreErrorContextMissingStrategy())
                .build());
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("cruddur")
                .backend("xray")
                .set("tracing.xray.daemon-address", daemon.address())
                .build());
    }

    @AfterEach
    void over() {
        Object left = AWSXRay.getTraceEntity();
        AWSXRay.clearTraceEntity();
        Tracing.shutdown();
        AWSXRay.setGlobalRecorder(before);
        daemon.close();
        assertThat(left).as("current after the test").isNull();
    }

    private JsonNode only() throws Exception {
        assertThat(Tracing.flush(Duration.ofSeconds(10))).isTrue();
        List<JsonNode> documents = daemon.await(1);
        assertThat(documents).hasSize(1);
        return documents.get(0);
    }

    @Test
    void callOfTheAwsSdk_isBelowOurSpanAndItsHeaderNamesIt() throws Exception {
        AtomicReference<String> header = new AtomicReference<>();
        HttpServer queue = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        queue.createContext("/", exchange -> {
            header.set(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id"));
            byte[] answer = "{\"QueueUrls\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        queue.start();
        try (SqsClient client = SqsClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + queue.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(new TracingInterceptor()))
                .build()) {
            Tracing.run(
                    "root",
                    root -> Tracing.run("ours", ours -> {
                        client.listQueues();
                        assertThat(Tracing.current().spanId()).isEqualTo(ours.spanId());
                    }));
        } finally {
            queue.stop(0);
        }

        JsonNode call = only().at("/subsegments/0/subsegments/0");
        assertThat(call.get("namespace").asText()).isEqualTo("aws");
        assertThat(call.at("/aws/operation").asText()).isEqualTo("ListQueues");
        assertThat(call.at("/http/response/status").asInt()).isEqualTo(200);
        assertThat(header.get()).contains("Parent=" + call.get("id").asText()).contains("Sampled=1");
    }

    @Test
    void statementThroughTheSdksProxies_isBelowOurSpan() throws Exception {
        try (Connection plain = DriverManager.getConnection("jdbc:h2:mem:companions")) {
            Connection connection = TracingConnection.decorate(plain);
            Tracing.run(
                    "root",
                    root -> Tracing.run("ours", ours -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.executeQuery("select 1").close();
                        }
                    }));
        }

        JsonNode query = only().at("/subsegments/0/subsegments/0");
        assertThat(query.at("/sql/database_type").asText()).isEqualTo("H2");
        assertThat(query.get("namespace").asText()).isEqualTo("remote");
    }

    private static void filtered(FilterChain chain) throws Exception {
        new AWSXRayServletFilter("filtered")
                .doFilter(
                        answering(
                                HttpServletRequest.class,
                                Map.of(
                                        "getMethod",
                                        "GET",
                                        "getRequestURL",
                                        new StringBuffer("http://localhost/home"),
                                        "getRequestURI",
                                        "/home")),
                        answering(HttpServletResponse.class, Map.of("getStatus", 200)),
                        chain);
    }

    @Test
    void spansBelowTheServletFilter_areInTheRequestsSegment() throws Exception {
        filtered((request, response) -> Tracing.run("ours", ours -> {
            AWSXRay.createSubsegment("theirs", () -> Tracing.span("below").close());
        }));

        JsonNode segment = only();
        assertThat(segment.get("name").asText()).isEqualTo("filtered");
        assertThat(segment.at("/subsegments/0/name").asText()).isEqualTo("ours");
        assertThat(segment.at("/subsegments/0/subsegments/0/subsegments/0/name").asText())
                .isEqualTo("below");
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void spanLeftOpenBelowTheServletFilter_arrivesMarkedAndTheRequestsSegmentWithoutIt() throws Exception {
        filtered((request, response) -> Tracing.span("forgotten").detach());
        assertThat(Tracing.flush(Duration.ofSeconds(10))).isTrue();

        List<JsonNode> documents = daemon.await(2);
        assertThat(documents).hasSize(2);
        JsonNode segment = named(documents, "filtered");
        JsonNode forgotten = named(documents, "forgotten");
        assertThat(segment.path("subsegments")).isEmpty();
        assertThat(forgotten.get("parent_id")).isEqualTo(segment.get("id"));
        assertThat(forgotten.at("/metadata/spanloom/unfinished").asBoolean()).isTrue();
    }

    @Test
    void servletFilterBelowOurSpan_bothArriveAndNothingStaysCurrent() throws Exception {
        Tracing.run("ours", ours -> filtered((request, response) -> Tracing.run("below", below -> {})));
        assertThat(Tracing.flush(Duration.ofSeconds(10))).isTrue();

        List<JsonNode> documents = daemon.await(2);
        assertThat(documents).hasSize(2);
        assertThat(named(documents, "filtered").at("/subsegments/0/name").asText())
                .isEqualTo("below");
        assertThat(named(documents, "ours").path("subsegments")).isEmpty();
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    private static JsonNode named(List<JsonNode> documents, String name) {
        return documents.stream()
                .filter(document -> document.get("name").asText().equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + documents));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object answer = answers.get(method.getName());
            if (answer != null || !method.getReturnType().isPrimitive()) {
                return answer;
            }
            return method.getReturnType() == boolean.class
                    ? (Object) false
                    : method.getReturnType() == int.class
                            ? (Object) 0
                            : method.getReturnType() == long.class ? 0L : null;
        }));
    }
}
