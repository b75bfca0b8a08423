package io.spanloom.rollbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanListeners;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.TracingConfigException;
import io.spanloom.spi.BackendStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbarTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOKEN = "c0ffee5ec2e7";

    private final RollbarStandIn rollbar;

    RollbarTest() throws IOException {
        rollbar = new RollbarStandIn();
    }

    @BeforeEach
    void configure() {
        Tracing.reconfigure(builder().build());
    }

    private TracingConfig.Builder builder() {
        return TracingConfig.builder()
                .alone()
                .backend("log")
                .service("cruddur")
                .set(RollbarKeys.TOKEN, TOKEN)
                .set(RollbarKeys.ENDPOINT, rollbar.url())
                .set(RollbarKeys.ENVIRONMENT, "staging")
                .set(RollbarKeys.CODE_VERSION, "4f2a9c1");
    }

    @AfterEach
    void close() {
        rollbar.close();
        Tracing.shutdown();
    }

    private static void fail(String span, RuntimeException thrown) {
        assertThat(catchThrowable(() -> Tracing.run(span, body -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
    }

    private RollbarStandIn.Item onlyItem() {
        assertThat(Tracing.flush(PATIENCE)).isTrue();
        assertThat(rollbar.items).hasSize(1);
        return rollbar.items.get(0);
    }

    private static BackendStats stats() {
        return SpanListeners.stats().getOrDefault("rollbar", BackendStats.NONE);
    }

    @Test
    void faultInNestedSpans_isOneReportWithAllThatLeadsToTheTrace() {
        String[] ids = new String[3];
        Throwable thrown = catchThrowable(() -> {
            try (Span request = Tracing.segment("GET /home", Map.<String, String>of(), Map::get)) {
                request.user("andrewbrown");
                Tracing.run("HomeActivities.run", home -> {
                    try {
                        Tracing.run("load", load -> {
                            load.annotation("user_handle", "andrew").annotation("session_token", "s3cret");
                            ids[0] = load.traceId();
                            ids[1] = load.xrayTraceId();
                            ids[2] = load.spanId();
                            throw new IllegalStateException("no such table", new IOException("disk"));
                        });
                    } catch (IllegalStateException caught) {
                        throw new CompletionException(caught);
                    }
                });
            }
        });

        assertThat(thrown).isInstanceOf(CompletionException.class);
        RollbarStandIn.Item item = onlyItem();
        assertThat(item.token()).isEqualTo(TOKEN);
        assertThat(item.at("data.environment")).isEqualTo("staging");
        assertThat(item.at("data.code_version")).isEqualTo("4f2a9c1");
        assertThat(item.at("data.level")).isEqualTo("error");
        assertThat(item.at("data.context")).isEqualTo("load");
        assertThat(item.at("data.person.id")).isEqualTo("andrewbrown");
        assertThat(item.at("data.custom"))
                .isEqualTo(Map.of(
                        "trace_id",
                        ids[0],
                        "xray_trace_id",
                        ids[1],
                        "span_id",
                        ids[2],
                        "span",
                        "load",
                        "service",
                        "cruddur",
                        "sampled",
                        true,
                        "annotations",
                        Map.of("user_handle", "andrew", "session_token", "***")));
        assertThat(exceptions(item)).containsExactly("java.lang.IllegalStateException", "java.io.IOException");
        assertThat(stats()).isEqualTo(new BackendStats(1, 1, Map.of(), 0));
    }

    private static List<@Nullable Object> exceptions(RollbarStandIn.Item item) {
        List<?> chain = (List<?>) Objects.requireNonNull(item.at("data.body.trace_chain"));
        return chain.stream()
                .<@Nullable Object>map(
                        trace -> new RollbarStandIn.Item(null, Map.of("trace", trace)).at("trace.exception.class"))
                .toList();
    }

    @Test
    void report_carriesNoStacksOfOtherThreads() {
        fail("work", new IllegalStateException("boom"));

        assertThat(onlyItem().json().toString()).doesNotContain("java.lang.Thread.run");
    }

    @Test
    void unsampledFault_isReported() {
        Tracing.reconfigure(builder().set(TracingConfig.SAMPLING, "none").build());
        fail("work", new IllegalStateException("boom"));

        assertThat(onlyItem().at("data.custom.sampled")).isEqualTo(false);
    }

    @Test
    void requestThatEndsAsAFaultWithoutException_isReported() {
        try (Span request = Tracing.segment("GET /home", Map.<String, String>of(), Map::get)) {
            request.http(Http.response(500));
        }

        assertThat(onlyItem().at("data.body.message.body"))
                .isEqualTo("GET /home ended as a fault, without an exception");
    }

    @Test
    void exceptionThatBecomesAnErrorPage_isReportedOnce() {
        try (Span request = Tracing.segment("GET /home", Map.<String, String>of(), Map::get)) {
            fail("load", new IllegalStateException("boom"));
            request.http(Http.response(500));
        }

        assertThat(onlyItem().at("data.custom.span")).isEqualTo("load");
    }

    @Test
    void whatIsNoFault_isNotReported() {
        Tracing.run("expected", span -> span.expected(new IllegalStateException("normal life")));
        try (Span request = Tracing.segment("GET /nowhere", Map.<String, String>of(), Map::get)) {
            request.http(Http.response(404)).fail(new IllegalStateException("not found"));
        }

        assertThat(Tracing.flush(PATIENCE)).isTrue();
        assertThat(rollbar.items).isEmpty();
    }

    @Test
    void failureOfACallThatWasTheCallersError_isReportedWhereItBecomesAFault() {
        IllegalStateException refused = new IllegalStateException("condition not met");
        try (Span request = Tracing.segment("GET /home", Map.<String, String>of(), Map::get)) {
            try (Span call = Tracing.span("call")) {
                call.http(Http.response(400)).fail(refused);
            }
            request.fail(refused);
        }

        assertThat(onlyItem().at("data.custom.span")).isEqualTo("GET /home");
    }

    @Test
    void personIsOff_nobodyIsNamed() {
        Tracing.reconfigure(builder().set(RollbarKeys.PERSON, "false").build());
        Tracing.run("work", span -> span.user("andrewbrown").fail(new IllegalStateException("boom")));

        assertThat(onlyItem().at("data.person")).isNull();
    }

    @Test
    void noToken_isSilentlyOff() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Tracing.reconfigure(builder().set(RollbarKeys.TOKEN, "").build());
            fail("work", new IllegalStateException("boom"));
            Tracing.flush(PATIENCE);
        } finally {
            System.setErr(err);
        }

        assertThat(SpanListeners.stats()).isEmpty();
        assertThat(rollbar.items).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContainIgnoringCase("rollbar");
    }

    @Test
    void token_isNowhereInTheReportNorInTheConfigurationsText() {
        fail("work", new IllegalStateException("boom"));

        assertThat(onlyItem().json().toString()).doesNotContain(TOKEN);
        assertThat(Tracing.config().toString()).doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"500, answered 500, 2", "429, answered 429, 1", "401, answered 401, 1"})
    void refusedReport_isCountedWithItsReason(int status, String reason, int attempts) {
        rollbar.status = status;
        fail("work", new IllegalStateException("boom"));

        assertThat(Tracing.flush(PATIENCE)).isTrue();
        assertThat(stats()).isEqualTo(new BackendStats(1, 0, Map.of(reason, 1L), 0));
        assertThat(rollbar.items).hasSize(attempts);
    }

    @Test
    void refusedForAMoment_isTriedOnceMore() {
        rollbar.first.add(503);
        fail("work", new IllegalStateException("boom"));

        assertThat(Tracing.flush(PATIENCE)).isTrue();
        assertThat(stats()).isEqualTo(new BackendStats(1, 1, Map.of(), 0));
    }

    @Test
    void nobodyIsThere_isCounted() {
        rollbar.close();
        fail("work", new IllegalStateException("boom"));

        assertThat(Tracing.flush(PATIENCE)).isTrue();
        assertThat(stats()).isEqualTo(new BackendStats(1, 0, Map.of("no answer", 1L), 0));
    }

    @Test
    void slowRollbar_holdsUpNobodyAndWhatDoesNotFitIsCounted() {
        rollbar.holding = true;
        fail("first", new IllegalStateException("boom"));
        await().until(() -> !rollbar.items.isEmpty());
        for (int i = 0; i < Deliveries.QUEUE + 5; i++) {
            fail("work", new IllegalStateException("boom"));
        }

        BackendStats stats = stats();
        assertThat(stats.offered()).isEqualTo(Deliveries.QUEUE + 6);
        assertThat(stats.dropped()).containsEntry("queue full", 5L);
        assertThat(stats.queued()).isEqualTo(Deliveries.QUEUE + 1);
    }

    @Test
    void shutdown_deliversWhatIsQueued() {
        for (int i = 0; i < 20; i++) {
            fail("work", new IllegalStateException("boom"));
        }
        Tracing.shutdown();

        assertThat(rollbar.items).hasSize(20);
    }

    @Test
    void shutdownWhileRollbarHangs_endsAndLetsTheThreadGo() {
        rollbar.holding = true;
        fail("work", new IllegalStateException("boom"));
        fail("work", new IllegalStateException("boom"));
        Tracing.shutdown();

        await().atMost(PATIENCE).until(() -> reporting().isEmpty());
        assertThat(rollbar.items).hasSize(1);
    }

    private static Set<String> reporting() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("spanloom-rollbar"))
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void endpointThatIsNoUrl_isAnErrorThatNamesTheKey() {
        Throwable problem = catchThrowable(() -> Tracing.reconfigure(
                builder().set(RollbarKeys.ENDPOINT, "rollbar").build()));

        assertThat(problem)
                .isInstanceOf(TracingConfigException.class)
                .hasMessageContaining("tracing.rollbar.endpoint")
                .hasMessageContaining("an http or https URL");
    }
}
