package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * Side by side with another backend, which is named first: the backend under test follows it, unless it insists on ids
 * of its own and so leads.
 */
abstract class FanoutCases extends ContractCases {

    private static final String TRACE = "6b0149315b2f0c6a1d2e3f4a5b6c7d8e";
    private static final String PARENT = "00f067aa0ba902b7";

    private final List<MemorySpan> other = new CopyOnWriteArrayList<>();

    FanoutCases(BackendContract contract) {
        super(contract);
    }

    @Override
    void configure(TracingConfig.Builder builder) {
        builder.backend("other,contract").provider(new BackendProvider() {
            @Override
            public String name() {
                return "other";
            }

            @Override
            public Backend create(TracingConfig config) {
                return new MemoryBackend("other", config.sampler(), other::add);
            }
        });
    }

    private MemorySpan other(String name) {
        List<MemorySpan> found =
                other.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(found).as("spans named '%s' of the other backend", name).hasSize(1);
        return found.get(0);
    }

    private void assertSame(ObservedSpan span) {
        MemorySpan same = other(span.name());
        assertThat(span.traceId()).isEqualTo(same.traceId());
        assertThat(span.spanId()).isEqualTo(same.spanId());
        assertThat(span.parentSpanId()).isEqualTo(same.parentSpanId());
        assertThat(span.outcome()).isEqualTo(same.outcome());
    }

    @Test
    void spans_haveTheSameIdsOnBoth() {
        Tracing.run("root", root -> Tracing.run("child", child -> Tracing.run("grandchild", grandchild -> {})));

        assertThat(spans(3).all()).allSatisfy(this::assertSame);
    }

    @Test
    void requestOfARemoteTrace_hasTheSameIdsOnBoth() {
        Map<String, String> headers = Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-01");
        try (Span request = Tracing.segment("request", headers, Map::get)) {
            Tracing.run("child", child -> {});
        }

        ObservedSpans spans = spans(2);
        assertThat(spans.all()).allSatisfy(this::assertSame);
        assertThat(spans.named("request").traceId()).isEqualTo(TRACE);
        assertThat(spans.named("request").parentSpanId()).isEqualTo(PARENT);
    }

    @Test
    void segmentUnderCurrent_hasTheSameIdsOnBoth() {
        Tracing.run("outer", outer -> Tracing.segment("inner").close());

        ObservedSpans spans = spans(2);
        assertThat(spans.all()).allSatisfy(this::assertSame);
        assertThat(spans.named("inner").segment()).isTrue();
    }

    @Test
    void unsampledRequest_isOnNeither() {
        Map<String, String> headers = Map.of("traceparent", "00-" + TRACE + "-" + PARENT + "-00");
        try (Span request = Tracing.segment("request", headers, Map::get)) {
            Tracing.run("child", child -> {});
            assertThat(Tracing.current().traceId()).isEqualTo(TRACE);
        }

        assertThat(spans(0).all()).isEmpty();
        assertThat(other).isEmpty();
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void whatIsRecorded_isOnBoth() {
        assertThrows(() -> Tracing.run(
                "root",
                root -> Tracing.run("child", child -> {
                    child.annotation("count", 3)
                            .metadata("db", "rows", List.of(1, 2))
                            .event("retry");
                    throw new IOException("disk");
                })));

        ObservedSpan child = spans(2).named("child");
        assertSame(child);
        assertThat(child.outcome()).isEqualTo(Outcome.FAULT);
        assertThat(child.annotations()).containsEntry("count", 3L);
        assertThat(child.metadata("db")).containsEntry("rows", List.of(1L, 2L));
        assertThat(child.metadata("events")).containsKey("list");
        assertThat(child.exceptions()).containsExactly(new ObservedException("java.io.IOException", "disk"));
        assertThat(other("child").annotations()).containsEntry("count", 3L);
        assertThat(other("child").exceptions()).hasSize(1);
    }

    @Test
    void spanOnAnotherThread_nestsOnBoth() throws Exception {
        try (Span root = Tracing.span("root")) {
            elsewhere(Tracing.wrap(() -> Tracing.run("child", child -> {})));
        }

        ObservedSpans spans = spans(2);
        assertThat(spans.all()).allSatisfy(this::assertSame);
        assertThat(spans.named("child").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    @Test
    void spanClosedElsewhere_isCurrentOnNeither() throws Exception {
        try (Span root = Tracing.span("root")) {
            Span child = Tracing.span("child");
            elsewhere(() -> child.close());
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
            Tracing.run("after", after -> {});
        }

        ObservedSpans spans = spans(3);
        assertThat(spans.all()).allSatisfy(this::assertSame);
        assertThat(spans.named("after").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }
}
