package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanTreeTest {

    @Test
    void anyArrival_givesOneOrder() throws Exception {
        List<TraceSpan> spans = new ArrayList<>(List.of(
                span("a", "", 100), span("b", "a", 101), span("c", "b", 104), span("d", "a", 102), span("e", "", 99)));
        Collections.shuffle(spans, new Random(7));

        assertThat(ids(spans)).isEqualTo("eabcd");
    }

    @Test
    void missingParent_standsAtTheTopAsOrphan() throws Exception {
        SpanTree tree = SpanTree.of(List.of(span("b", "a", 1)));

        assertThat(tree.nodes().get(0).orphan()).isTrue();
    }

    @Test
    void circleOfParents_isCutAtTheEarliest() throws Exception {
        List<TraceSpan> circle = List.of(span("a", "c", 3), span("b", "a", 1), span("c", "b", 2), span("d", "d", 4));

        assertThat(ids(circle)).isEqualTo("bcad");
    }

    @Test
    void serviceOfNearestAncestor_isInherited() throws Exception {
        List<TraceSpan> spans = SpanTree.of(List.of(sub("c", "b"), sub("b", "a"), span("a", "", 1)))
                .spansWithService();

        assertThat(spans).extracting(TraceSpan::service).containsExactly("svc", "svc", "svc");
    }

    @Test
    void serviceWithoutSegment_isUnknown() throws Exception {
        assertThat(SpanTree.of(List.of(sub("b", "a"))).spansWithService().get(0).service())
                .isNull();
    }

    @Test
    void fiveThousandLevels_areWalkedWithoutRecursion() throws Exception {
        Received deep = segment(SegmentReaderTest.nested(5_000));
        Trace trace = new Trace(deep.traceId(), SpanTree.of(deep.spans()).spansWithService(), true);

        assertThat(trace.spans()).hasSize(5_001).allMatch(span -> "svc".equals(span.service()));
        assertThat(JsonLine.of(trace)).startsWith("{\"traceId\"");
        assertThat(TreePrinterTest.plain(100).print(trace)).hasSize(502);
    }

    private static String ids(List<TraceSpan> spans) {
        StringBuilder ids = new StringBuilder();
        SpanTree.of(spans)
                .spansWithService()
                .forEach(span -> ids.append(span.id().charAt(15)));
        return ids.toString();
    }

    private static TraceSpan span(String id, String parent, int start) throws RejectedException {
        String of = parent.isEmpty() ? "" : ",'parent_id':'000000000000000" + parent + "'";
        return Fixtures.oneSegment("000000000000000" + id, of + ",'start_time':" + start)
                .spans()
                .get(0);
    }

    private static TraceSpan sub(String id, String parent) throws RejectedException {
        return Fixtures.oneSegment(
                        "000000000000000" + id, ",'type':'subsegment','parent_id':'000000000000000" + parent + "'")
                .spans()
                .get(0);
    }
}
