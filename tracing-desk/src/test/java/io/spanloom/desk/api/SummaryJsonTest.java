package io.spanloom.desk.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.TraceSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SummaryJsonTest {
    /** In time proportional to the square of the spans this would take minutes. */
    @Test
    @Timeout(60)
    void manyDifferentAnnotations_areListedInTimeProportionalToTheirNumber() {
        List<TraceSpan> spans = new ArrayList<>();
        spans.add(span("root", null, TraceSpan.Kind.SEGMENT, Map.of("k", "root"), Map.of("user", "root")));
        for (int i = 0; i < 100_000; i++) {
            spans.add(span("s" + i, "root", TraceSpan.Kind.SEGMENT, Map.of("k", "v" + i), Map.of("user", "u" + i)));
        }

        Map<String, Object> json = json(spans);

        assertThat(json.get("Annotations"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .extractingByKey("k", InstanceOfAssertFactories.LIST)
                .hasSize(100_001);
        assertThat(json.get("Users"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(100_001);
    }

    @Test
    void oneAnnotationOfSeveralServices_namesThemAll() {
        Map<String, Object> json = json(List.of(
                span("a", null, TraceSpan.Kind.SEGMENT, Map.of("k", 1L), Map.of()),
                span("b", "a", TraceSpan.Kind.SEGMENT, Map.of("k", 1L), Map.of()),
                span("c", "b", TraceSpan.Kind.SUBSEGMENT, Map.of("k", 2L), Map.of())));

        assertThat(json.get("Annotations")).isEqualTo(Map.of("k", List.of(value(1, "a", "b"), value(2, "b"))));
    }

    private static Map<String, Object> value(long number, String... services) {
        List<Map<String, Object>> ids = new ArrayList<>();
        for (String service : services) {
            ids.add(Map.of("Name", service, "Names", List.of(service)));
        }
        return Map.of("AnnotationValue", Map.of("NumberValue", number), "ServiceIds", ids);
    }

    private static Map<String, Object> json(List<TraceSpan> spans) {
        TraceSummary summary = TraceSummary.of("6b0149357ad1c6780862287cab74ea3d", spans);
        return new SummaryJson(new NoTraces()).of(new HeldTrace(1, summary, 1, 0));
    }

    private static TraceSpan span(
            String id,
            @Nullable String parent,
            TraceSpan.Kind kind,
            Map<String, Object> annotations,
            Map<String, Object> details) {
        return new TraceSpan(
                id,
                parent,
                id,
                kind == TraceSpan.Kind.SEGMENT ? id : null,
                kind,
                null,
                Instant.EPOCH,
                Instant.ofEpochSecond(1),
                annotations,
                Map.of(),
                Map.of(),
                false,
                false,
                false,
                List.of(),
                details,
                TraceSpan.Source.XRAY);
    }

    /** A store of nothing. */
    private static final class NoTraces implements Traces {
        @Override
        public List<HeldTrace> newestFirst() {
            return List.of();
        }

        @Override
        public @Nullable HeldTrace find(String traceId) {
            return null;
        }

        @Override
        public List<SegmentDocument> documents(String traceId) {
            return List.of();
        }

        @Override
        public @Nullable Refusal put(String document) {
            return null;
        }

        @Override
        public @Nullable String digits(String traceId) {
            return null;
        }

        @Override
        public String xrayId(String traceId) {
            return traceId;
        }
    }
}
