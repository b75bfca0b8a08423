package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.TRACE;
import static io.spanloom.desk.Fixtures.XRAY_TRACE;
import static io.spanloom.desk.Fixtures.attribute;
import static io.spanloom.desk.Fixtures.bytes;
import static io.spanloom.desk.Fixtures.oneSegment;
import static io.spanloom.desk.Fixtures.otlp;
import static io.spanloom.desk.Fixtures.segmentJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.spanloom.desk.summary.HeldTrace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the store keeps for those who ask later: summaries and documents. */
class HeldTracesTest {
    private static final String ROOT = "000000000000000a";

    private final TraceStore store = new TraceStore(() -> 0, 1, 1000, 1_000_000, new Counting());

    @Test
    void newestFirst_isByArrivalWhateverWasAskedBefore() throws Exception {
        add(1);
        add(2);
        store.newestFirst();
        add(3);
        store.add(renamed(1));

        assertThat(store.newestFirst())
                .extracting(held -> held.summary().traceId())
                .containsExactly(id(3), id(2), id(1));
        assertThat(store.newestFirst()).extracting(HeldTrace::revision).containsExactly(1, 1, 2);
    }

    @Test
    void summary_isMadeOnceUntilMoreComes() throws Exception {
        add(1);
        HeldTrace first = store.find(id(1));
        assertThat(store.find(id(1))).isSameAs(first);

        store.add(renamed(1));

        assertThat(store.find(id(1))).isNotSameAs(first);
        assertThat(store.find(id(2))).isNull();
    }

    @Test
    void documents_areAsTheyWereSent() throws Exception {
        String json = segmentJson(ROOT, ",'x_unknown':[1,2]").replace('\'', '"');
        byte[] sent = json.getBytes(StandardCharsets.UTF_8);
        store.add(SegmentReader.read(sent, 0, sent.length));

        assertThat(store.documents(TRACE)).extracting(d -> d.text(TRACE)).containsExactly(json);
    }

    @Test
    void inProgressDocument_givesWayToTheCompleteOneAndNotBack() throws Exception {
        Received begun = Fixtures.segment(
                "{'id':'" + ROOT + "','trace_id':'" + XRAY_TRACE + "','name':'svc','start_time':1,'in_progress':true}");
        store.add(begun);
        store.add(oneSegment(ROOT, ""));
        store.add(begun);

        assertThat(store.documents(TRACE))
                .hasSize(1)
                .allMatch(d -> d.text(TRACE).contains("end_time"));
        assertThat(store.find(TRACE))
                .matches(held -> held != null && !held.summary().partial());
    }

    @Test
    void otlpSpan_isWrittenAsADocumentThatReadsTheSame() throws Exception {
        TraceSpan span = OtlpSpanReader.read(
                otlp("000000000000000b")
                        .setParentSpanId(bytes(ROOT))
                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                        .addAttributes(attribute("http.request.method", "GET"))
                        .addAttributes(attribute("http.response.status_code", 503L))
                        .addAttributes(attribute("enduser.id", "ann"))
                        .addAttributes(attribute("plan", "free"))
                        .addAttributes(attribute("aws.xray.annotations", new String[] {"plan"}))
                        .build(),
                "shop");
        store.add(new Received(TRACE, List.of(span)));

        String written = store.documents(TRACE).get(0).text(TRACE);
        byte[] json = written.getBytes(StandardCharsets.UTF_8);
        Received read = SegmentReader.read(json, 0, json.length);

        assertThat(read.traceId()).isEqualTo(TRACE);
        assertThat(read.head())
                .usingRecursiveComparison()
                .ignoringFields("source")
                .isEqualTo(span);
        assertThat(written).contains("\"name\":\"shop\"");
    }

    @Test
    void bothProtocols_keepOneDocumentForEachSpan() throws Exception {
        store.add(new Received(TRACE, List.of(OtlpSpanReader.read(otlp(ROOT).build(), "shop"))));
        store.add(oneSegment(ROOT, ""));
        store.add(new Received(TRACE, List.of(OtlpSpanReader.read(otlp(ROOT).build(), "shop"))));

        assertThat(store.documents(TRACE))
                .hasSize(1)
                .allMatch(d -> d.text(TRACE).contains("\"name\":\"svc\""));
    }

    private void add(int number) throws RejectedException {
        store.add(new Received(id(number), oneSegment(ROOT, "").spans()));
    }

    private static Received renamed(int number) throws RejectedException {
        return new Received(id(number), oneSegment(ROOT, ",'user':'ann'").spans());
    }

    private static String id(int number) {
        return "%032x".formatted(number);
    }
}
