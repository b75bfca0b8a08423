package io.spanloom.micrometer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanloom.Http;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.SpanListeners;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.MemorySpan;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TracingExtension.class)
class SpanMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Scope listening = SpanListeners.add(SpanMetrics.to(registry));

    @AfterEach
    void close() {
        listening.close();
    }

    private @Nullable Timer timer(String name, String kind, String outcome) {
        return registry.find(SpanMetrics.TIMER)
                .tags("name", name, "kind", kind, "outcome", outcome)
                .timer();
    }

    private long count(String name, String kind, String outcome) {
        Timer timer = timer(name, kind, outcome);
        return timer == null ? 0 : timer.count();
    }

    @Test
    void spans_areCountedByNameKindAndOutcome() {
        for (int i = 0; i < 3; i++) {
            Tracing.run("charge", span -> {});
        }
        assertThatThrownBy(() -> Tracing.run("charge", span -> {
                    throw new IllegalStateException("boom");
                }))
                .hasMessage("boom");
        try (Span request = Tracing.segment("GET /home", Map.<String, String>of(), Map::get)) {
            request.http(Http.response(404));
        }

        assertThat(count("charge", "internal", "ok")).isEqualTo(3);
        assertThat(count("charge", "internal", "fault")).isEqualTo(1);
        assertThat(count("GET /home", "server", "error")).isEqualTo(1);
        assertThat(registry.getMeters()).hasSize(3);
    }

    @Test
    void duration_isTheSpansOwn(TraceRecorder traces) {
        Tracing.run("charge", span -> {});

        MemorySpan recorded = traces.spans().get(0);
        Timer timer = Objects.requireNonNull(timer("charge", "internal", "ok"));
        assertThat(timer.totalTime(NANOSECONDS))
                .isEqualTo((double) (recorded.endEpochNanos() - recorded.startEpochNanos()));
    }

    @Test
    void unsampledSpans_areCountedToo() {
        try (Scope unsampled = Tracing.override(TracingConfig.builder()
                .alone()
                .backend("log")
                .set(TracingConfig.SAMPLING, "none")
                .build())) {
            Tracing.run("request", request -> Tracing.run("charge", span -> {}));
        }

        assertThat(count("request", "internal", "ok")).isEqualTo(1);
        assertThat(count("charge", "internal", "ok")).isEqualTo(1);
    }

    @Test
    void namesBeyondTheLimit_areOneAndCounted() {
        listening.close();
        listening = SpanListeners.add(SpanMetrics.to(registry, 2));
        for (int i = 0; i < 10; i++) {
            Tracing.run("user " + i, span -> {});
        }
        Tracing.run("user 0", span -> {});

        assertThat(count("user 0", "internal", "ok")).isEqualTo(2);
        assertThat(count("user 1", "internal", "ok")).isEqualTo(1);
        assertThat(count("user 2", "internal", "ok")).isZero();
        assertThat(count(SpanMetrics.OTHER, "internal", "ok")).isEqualTo(8);
        assertThat(registry.get(SpanMetrics.OVERFLOW).counter().count()).isEqualTo(8);
    }
}
