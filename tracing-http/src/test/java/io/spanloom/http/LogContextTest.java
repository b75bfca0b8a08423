package io.spanloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.test.TracingExtension;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** The ids of what is current, in the MDC of a real logging library. */
class LogContextTest {

    @RegisterExtension
    static final TracingExtension TRACING = TracingExtension.configured(c -> c.set(TracingConfig.LOG_MDC, "true"));

    private final ExecutorService pool = Executors.newFixedThreadPool(1);

    @AfterEach
    void stop() {
        pool.shutdownNow();
        MDC.clear();
    }

    private static Map<String, String> of(Span span) {
        return Map.of(
                "trace_id",
                span.traceId(),
                "span_id",
                span.spanId(),
                "AWS-XRAY-TRACE-ID",
                "AWS-XRAY-TRACE-ID: " + span.xrayTraceId() + "@" + span.spanId());
    }

    private static Map<String, String> mdc() {
        @Nullable Map<String, String> map = MDC.getCopyOfContextMap();
        return map == null ? Map.of() : map;
    }

    @Test
    void spans_areInTheMdcWhileTheyAreCurrent() {
        Tracing.run("outer", outer -> {
            assertThat(mdc()).isEqualTo(of(outer));
            Tracing.run("inner", inner -> assertThat(mdc()).isEqualTo(of(inner)));
            assertThat(mdc()).isEqualTo(of(outer));
        });

        assertThat(mdc()).isEmpty();
    }

    @Test
    void whatTheApplicationPutThere_isThereAgain() {
        MDC.put("trace_id", "mine");
        MDC.put("tenant", "acme");
        Tracing.run("span", span -> assertThat(MDC.get("trace_id")).isEqualTo(span.traceId()));

        assertThat(mdc()).isEqualTo(Map.of("trace_id", "mine", "tenant", "acme"));
    }

    @Test
    void whatTheApplicationChangedMeanwhile_stays() {
        Tracing.run("span", span -> MDC.put("trace_id", "mine"));

        assertThat(mdc()).isEqualTo(Map.of("trace_id", "mine"));
    }

    @Test
    void mdcThatWasClearedMeanwhile_staysEmpty() {
        MDC.put("trace_id", "before");
        Tracing.run("span", span -> MDC.clear());

        assertThat(mdc()).isEmpty();
    }

    @Test
    void spansLeftOutOfOrder_leaveNothing() {
        Span outer = Tracing.span("outer");
        Span inner = Tracing.span("inner");
        outer.close();
        inner.close();

        assertThat(mdc()).isEmpty();
    }

    @Test
    void pooledThread_hasTheTaskTraceAndNothingAfterwards() throws Exception {
        Tracing.run("job", job -> {
            assertThat(pool.submit(Tracing.wrapCallable(LogContextTest::mdc)).get(10, TimeUnit.SECONDS))
                    .isEqualTo(of(job));
            assertThat(pool.submit(LogContextTest::mdc).get(10, TimeUnit.SECONDS))
                    .isEmpty();
        });
    }

    @Test
    void scopeOfACapturedContext_isFollowed() throws Exception {
        TraceContext context;
        Map<String, String> expected;
        try (Span span = Tracing.span("job")) {
            context = Tracing.capture();
            expected = of(span);
            assertThat(pool.submit(() -> {
                                Map<String, String> during;
                                try (Scope scope = context.activate()) {
                                    during = scope == null ? Map.of() : mdc();
                                }
                                return Map.of("during", during, "after", mdc());
                            })
                            .get(10, TimeUnit.SECONDS))
                    .isEqualTo(Map.of("during", expected, "after", Map.of()));
        }
    }

    @Test
    void spanEndedByAnotherThread_isGoneWithTheNextChange() throws Exception {
        Span span = Tracing.span("job");
        pool.submit(() -> span.close()).get(10, TimeUnit.SECONDS);
        Tracing.run("next", next -> assertThat(mdc()).isEqualTo(of(next)));

        assertThat(mdc()).isEmpty();
    }

    @Test
    void detachedSpan_isNotInTheMdcAnyMore() {
        Span span = Tracing.span("job").detach();
        assertThat(mdc()).isEmpty();
        span.close();
    }

    @Test
    void unsampledTrace_hasIdsButNoLinkToXRay() {
        Map<String, String> headers =
                Map.of("X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0");
        try (Span span = Tracing.segment("GET /", headers, Map::get)) {
            assertThat(mdc()).containsEntry("trace_id", span.traceId()).doesNotContainKey("AWS-XRAY-TRACE-ID");
        }

        assertThat(mdc()).isEmpty();
    }

    @Test
    void switchedOffMeanwhile_takesItsIdsAway() {
        Span span = Tracing.span("job");
        Scope off =
                Tracing.override(TracingConfig.builder().alone().backend("none").build());
        span.close();
        off.close();

        assertThat(mdc()).isEmpty();
    }
}
