package io.spanloom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spanloom.ConfigKey;
import io.spanloom.Outcome;
import io.spanloom.SpanKind;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.MemorySpan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A servlet application that has the dependency and nothing else. */
class ServletApplicationTest {

    private static @Nullable ConfigurableApplicationContext context;
    private static String base = "";

    @BeforeAll
    static void start() {
        SpringApplication application = new SpringApplication(ServletApplication.class);
        ConfigurableApplicationContext started = application.run("--server.port=0");
        context = started;
        base = "http://localhost:" + started.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    static void stop() {
        if (context != null) {
            context.close();
        }
        Tracing.shutdown();
    }

    @BeforeEach
    void forget() {
        MemoryProvider.ENDED.clear();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    }

    private static MemorySpan one(String name) {
        await().until(() -> !MemoryProvider.named(name).isEmpty());
        List<MemorySpan> found = MemoryProvider.named(name);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void request_isNamedByItsRouteAndWoven() throws Exception {
        String body = get("/items/42").body();

        MemorySpan request = one("GET /items/:id");
        assertThat(request.description().kind()).isEqualTo(SpanKind.SERVER);
        assertThat(MemoryProvider.status(request)).isEqualTo(200);
        assertThat(one("Shop.find").parentSpanId()).isEqualTo(request.spanId());
        assertThat(one("stock").parentSpanId()).isEqualTo(one("Shop.find").spanId());
        assertThat(body).as("the MDC's trace").endsWith(request.traceId());
    }

    @ParameterizedTest
    @CsvSource({"/rest", "/template", "/web"})
    void clientsOfSpring_handTheTraceOn(String path) throws Exception {
        assertThat(get(path).body()).startsWith("found");

        MemorySpan page = one("GET " + path);
        MemorySpan call = one("localhost");
        MemorySpan called = one("GET /items/:id");
        assertThat(call.description().kind()).isEqualTo(SpanKind.CLIENT);
        assertThat(call.parentSpanId()).isEqualTo(page.spanId());
        assertThat(MemoryProvider.status(call)).isEqualTo(200);
        assertThat(called.parentSpanId()).isEqualTo(call.spanId());
        assertThat(called.traceId()).isEqualTo(page.traceId());
    }

    @Test
    void asyncMethod_goesOnWithTheTrace() throws Exception {
        get("/later");

        assertThat(one("Shop.find").parentSpanId()).isEqualTo(one("GET /later").spanId());
    }

    @Test
    void exception_isAFault() throws Exception {
        assertThat(get("/boom").statusCode()).isEqualTo(500);

        assertThat(one("GET /boom").outcome()).isEqualTo(Outcome.FAULT);
        assertThat(one("GET /boom").exceptions()).isNotEmpty();
    }

    @Test
    void endpoint_showsConfigurationWithOrigins() throws Exception {
        String body = get("/actuator/tracing").body();
        JsonNode tracing = new ObjectMapper().readTree(body);

        JsonNode configuration = tracing.path("configuration");
        assertThat(configuration.path("tracing.service").path("value").asText()).isEqualTo("shop");
        assertThat(configuration.path("tracing.service").path("origin").asText())
                .isEqualTo("spring.application.name");
        assertThat(configuration.path("tracing.backend").path("origin").asText())
                .startsWith("Config resource 'class path resource [application.yml]'");
        assertThat(configuration.path("tracing.sampling").path("origin").asText())
                .isEqualTo("default");
        assertThat(configuration.path("tracing.memory.token").path("value").asText())
                .isEqualTo("***");
        assertThat(body).doesNotContain("hush");
        assertThat(configuration.fieldNames())
                .toIterable()
                .containsAll(TracingConfig.keys().stream().map(ConfigKey::name).toList());
        assertThat(tracing.path("enabled").asBoolean()).isTrue();
        assertThat(tracing.path("backends").toString()).isEqualTo("[\"memory\"]");
        assertThat(tracing.path("woven").asText()) // with what other tests of this JVM have woven
                .matches("woven [1-9]\\d* methods in [1-9]\\d* class(es)? \\(self-attached\\)");
    }

    @Test
    void endpointOfTheDoctor_saysWhatIsWrong() throws Exception {
        JsonNode doctor =
                new ObjectMapper().readTree(get("/actuator/tracing/doctor").body());

        assertThat(doctor.path("healthy").isBoolean()).isTrue();
        assertThat(doctor.path("findings").findValuesAsText("text"))
                .contains("tracing.service = shop, from spring.application.name")
                .noneMatch(text -> text.contains("hush"));
        assertThat(get("/actuator/tracing/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void requestsOfTheEndpoint_areNotTraced() throws Exception {
        get("/actuator/tracing");
        get("/items/1");

        assertThat(one("GET /items/:id").parentSpanId()).isNull();
        assertThat(MemoryProvider.ENDED)
                .extracting(MemorySpan::name)
                .containsExactlyInAnyOrder("GET /items/:id", "Shop.find", "stock");
    }

    @Test
    void health_hasTheCounts() throws Exception {
        JsonNode health = new ObjectMapper().readTree(get("/actuator/health").body());

        assertThat(health.at("/components/tracing/status").asText()).isEqualTo("UP");
        assertThat(health.at("/components/tracing/details").has("delivered")).isTrue();
    }
}
