package io.spanloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Http;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.MemorySpan;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TracingExtension.class)
class PendingRequestTest {

    private static PendingRequest start() {
        return PendingRequest.start("GET", "http://h/items/1", "10.0.0.3", Map.<String, String>of(), Map::get);
    }

    private static MemorySpan only(TraceRecorder traces) {
        assertThat(traces.spans()).hasSize(1);
        return traces.spans().get(0);
    }

    @Test
    void request_isCurrentOnlyWhereItIsActivated() throws Exception {
        PendingRequest request = start();
        assertThat(Tracing.current()).isSameAs(Span.noop());

        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        try {
            assertThat(thread.submit(() -> request.call(Tracing::current)).get())
                    .isSameAs(request.span());
            assertThat(thread.submit(Tracing::current).get()).isSameAs(Span.noop());
        } finally {
            thread.shutdown();
        }
        request.end(null);
    }

    @Test
    void spanWithinTheRequest_staysCurrent() {
        PendingRequest request = start();

        try (Scope scope = request.activate()) {
            Tracing.run("inner", inner -> {
                try (Scope again = request.activate()) {
                    assertThat(Tracing.current()).isSameAs(inner);
                }
                assertThat(Tracing.current()).isSameAs(inner);
            });
            assertThat(Tracing.current()).isSameAs(request.span());
        }
        assertThat(Tracing.current()).isSameAs(Span.noop());
        request.end(null);
    }

    @Test
    void spanOfAnotherRequest_doesNotStayCurrent() throws Exception {
        PendingRequest other = start();
        PendingRequest request = start();

        try (Scope scope = other.activate()) {
            assertThat(request.<Span>call(Tracing::current)).isSameAs(request.span());
        }
        request.end(null);
        other.end(null);
    }

    @Test
    void answer_isRecordedAndTold(TraceRecorder traces) {
        String asked = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=?";
        PendingRequest request =
                PendingRequest.start("GET", "http://h/items/1", "10.0.0.3", Map.of("X-Amzn-Trace-Id", asked), Map::get);
        Map<String, String> answer = new HashMap<>();

        request.named("/items/{id}");
        request.answer(answer, Map::put);
        request.answered(503, "7");
        request.end(null);

        MemorySpan span = only(traces);
        assertThat(span.name()).isEqualTo("GET /items/:id");
        Http.Response response = Objects.requireNonNull(span.response());
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.contentLength()).isEqualTo(7);
        assertThat(answer).containsEntry("X-Amzn-Trace-Id", asked.replace('?', '1'));
    }

    @Test
    void requestThatWasGivenUp_isNoFault(TraceRecorder traces) {
        start().cancel();

        assertThat(only(traces).annotations()).containsEntry("cancelled", true);
        assertThat(only(traces).response()).isNull();
    }

    @Test
    void whileTracingIsOff_nothingIsChanged() throws Exception {
        PendingRequest request;
        try (Scope off =
                Tracing.override(TracingConfig.builder().backend("none").build())) {
            request = start();
            request.named("/items");
            request.answered(200, null);
            request.end(null);
        }

        assertThat(request.span()).isSameAs(Span.noop());
        Tracing.run(
                "other",
                other -> assertThat(request.<Span>call(Tracing::current)).isSameAs(other));
    }
}
