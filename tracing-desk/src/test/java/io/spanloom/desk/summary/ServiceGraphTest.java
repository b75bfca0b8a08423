package io.spanloom.desk.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.filter.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceGraphTest {
    private static final Instant T = Instant.ofEpochSecond(1000);

    @Test
    void services_areNodesAndCallsAreEdges() {
        List<Map<String, Object>> graph =
                ServiceGraph.of(List.of(trace(), trace())).json();

        assertThat(graph).extracting("Name").containsExactly("front", "front", "shop", "DynamoDB");
        assertThat(graph).extracting(node -> node.get("Type")).containsExactly(null, "client", null, "AWS::DynamoDB");
        assertThat(graph).extracting("Root").containsExactly(true, false, false, false);
        assertThat(edges(graph, 0)).containsExactly(2);
        assertThat(edges(graph, 1)).containsExactly(0);
        assertThat(edges(graph, 2)).containsExactly(3);
        assertThat(edges(graph, 3)).isEmpty();
    }

    @Test
    void statistics_countEachCallOnce() {
        Map<String, Object> shop =
                ServiceGraph.of(List.of(trace(), trace(), trace())).json().get(2);

        assertThat(shop.get("SummaryStatistics"))
                .hasToString(
                        "{OkCount=0, ErrorStatistics=" + Map.of("ThrottleCount", 0, "OtherCount", 0, "TotalCount", 0)
                                + ", FaultStatistics=" + Map.of("OtherCount", 3, "TotalCount", 3)
                                + ", TotalCount=3, TotalResponseTime=0.9}");
        assertThat(shop.get("ResponseTimeHistogram")).isEqualTo(List.of(Map.of("Value", 0.3, "Count", 3)));
    }

    @Test
    void times_areThoseOfFirstAndLast() {
        Map<String, Object> front = ServiceGraph.of(List.of(trace())).json().get(0);

        assertThat(front).containsEntry("StartTime", 1000.0).containsEntry("EndTime", 1001.0);
    }

    @Test
    void circleOfParents_isOneTraceAllTheSame() {
        TraceSummary trace = TraceSummary.of(
                "t",
                List.of(span("a", "b", "x", true, null, 0, 10, false), span("b", "a", "y", true, null, 1, 9, false)));

        assertThat(trace.entry().name()).isEqualTo("x");
        assertThat(trace.services()).hasSize(2);
    }

    @Test
    void chainOfThousands_doesNotOverflow() {
        List<TraceSpan> chain = IntStream.range(0, 20_000)
                .mapToObj(i -> span("s" + i, i == 0 ? null : "s" + (i - 1), "n", i == 0, null, 0, 1000, true))
                .toList();

        TraceSummary trace = TraceSummary.of("t", chain);

        assertThat(trace.services()).hasSize(1);
        assertThat(trace.rootCauses(Cause.FAULT).get(0).entities()).hasSize(20_000);
    }

    @Test
    void segmentWhoseParentIsMissing_isTheEntry() {
        TraceSummary trace = TraceSummary.of("t", List.of(span("a", "gone", "x", true, null, 0, 10, false)));

        assertThat(trace.entry().name()).isEqualTo("x");
        assertThat(trace.entry().root()).isTrue();
    }

    private static List<Object> edges(List<Map<String, Object>> graph, int node) {
        return ((List<?>) Objects.requireNonNull(graph.get(node).get("Edges")))
                .stream()
                        .<Object>map(edge -> ((Map<?, ?>) edge).get("ReferenceId"))
                        .toList();
    }

    private static TraceSummary trace() {
        return TraceSummary.of(
                "t",
                List.of(
                        span("a", null, "front", true, null, 0, 1000, false),
                        span("b", "a", "shop", false, "remote", 100, 500, true),
                        span("c", "b", "shop", true, null, 150, 450, true),
                        span("d", "c", "DynamoDB", false, "aws", 200, 300, false)));
    }

    private static TraceSpan span(
            String id,
            @Nullable String parent,
            String name,
            boolean segment,
            @Nullable String namespace,
            int from,
            int to,
            boolean fault) {
        return new TraceSpan(
                id,
                parent,
                name,
                segment ? name : null,
                segment ? TraceSpan.Kind.SEGMENT : TraceSpan.Kind.SUBSEGMENT,
                namespace,
                T.plusMillis(from),
                T.plusMillis(to),
                Map.of(),
                Map.of(),
                Map.of(),
                false,
                fault,
                false,
                List.of(),
                Map.of(),
                TraceSpan.Source.XRAY);
    }
}
