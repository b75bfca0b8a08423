package io.spanloom.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.Http;
import io.spanloom.SpanKind;
import io.spanloom.Tracing;
import io.spanloom.spi.MemorySpan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What each request looks like as a trace, on Spring Boot 4. */
class BootApplicationTest {

    private static @Nullable ConfigurableApplicationContext context;
    private static String base = "";

    @BeforeAll
    static void start() {
        ConfigurableApplicationContext started =
                SpringApplication.run(BootApplication.class, "--server.port=0", "--tracing.backend=memory");
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

    private static String get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString())
                .body();
    }

    private static MemorySpan one(String name) {
        await().until(() -> !MemoryProvider.named(name).isEmpty());
        List<MemorySpan> found = MemoryProvider.named(name);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void request_isOneTraceOverTwoServices() throws Exception {
        assertThat(get("/api/activities/andrewbrown")).contains("Andrew Brown: Time flies");

        MemorySpan request = one("GET /api/activities/:handle");
        MemorySpan found = one("Activities.of");
        MemorySpan call = one("localhost");
        MemorySpan called = one("GET /api/profiles/:handle");
        assertThat(request.description().kind()).isEqualTo(SpanKind.SERVER);
        assertThat(request.response()).extracting(Http.Response::status).isEqualTo(200);
        assertThat(found.parentSpanId()).isEqualTo(request.spanId());
        assertThat(found.annotations()).containsEntry("user_handle", "andrewbrown");
        assertThat(one("latest").parentSpanId()).isEqualTo(found.spanId());
        assertThat(call.parentSpanId()).isEqualTo(found.spanId());
        assertThat(called.parentSpanId()).isEqualTo(call.spanId());
        assertThat(called.traceId()).isEqualTo(request.traceId());
    }

    @Test
    void asynchronousRequest_isOneSegmentThatAsyncGoesOnWith() throws Exception {
        assertThat(get("/api/count")).isEqualTo("1");

        assertThat(one("Activities.count").parentSpanId())
                .isEqualTo(one("GET /api/count").spanId());
    }

    @Test
    void actuator_tellsOriginsAndCounts() throws Exception {
        assertThat(get("/actuator/tracing"))
                .contains("\"backends\":[\"memory\"]")
                .contains("commandLineArgs")
                .contains("spring.application.name");
        assertThat(get("/actuator/health")).contains("\"tracing\":{").contains("\"delivered\":");
        assertThat(MemoryProvider.ENDED).isEmpty();
    }
}
