package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.HEADER;
import static io.spanloom.desk.Fixtures.XRAY_TRACE;
import static io.spanloom.desk.Fixtures.segmentJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XRayDatagramTest {
    private static final String SEGMENT = segmentJson("000000000000000a", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'format':'json','version':1}",
                "{'format': 'JSON', 'version': 1}",
                "{'version':1,'format':'Json'}"
            })
    void goodHeader_isTaken(String header) throws Exception {
        assertThat(read(header + "\n" + SEGMENT).spans()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{}", "[]", "{'format':'xml','version':1}", "{'version':1}"})
    void headerThatIsNone_isRefused(String header) {
        assertThat(rejection(header + "\n" + SEGMENT)).isEqualTo(Rejection.NO_HEADER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'format':'json','version':2}", "{'format':'json','version':'1'}", "{'format':'json'}"})
    void otherVersion_isRefused(String header) {
        assertThat(rejection(header + "\n" + SEGMENT)).isEqualTo(Rejection.BAD_VERSION);
    }

    @Test
    void noNewline_isRefused() {
        assertThat(rejection("{'format':'json','version':1}" + SEGMENT)).isEqualTo(Rejection.NO_NEWLINE);
    }

    @Test
    void moreThan64KiB_isRefused() {
        String filler = " ".repeat(XRayDatagram.MAX_BYTES);
        assertThat(rejection(HEADER + SEGMENT + filler)).isEqualTo(Rejection.OVERSIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{'id':", "nonsense", "{} {}", "'text'", "{'subsegments':[", "{'id':tru}"})
    void badJson_isRefused(String document) {
        assertThat(rejection(HEADER + document)).isEqualTo(Rejection.BAD_JSON);
    }

    @Test
    void twoDocuments_areRefused() {
        assertThat(rejection(HEADER + SEGMENT + SEGMENT)).isEqualTo(Rejection.BAD_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6b0149357ad1c6780862287cab74ea3d",
                "1-6b014935-7ad1",
                "2-6b014935-7ad1c6780862287cab74ea3d",
                "1-6b014935-7ad1c6780862287cab74ea3g",
                "1-6b0149357-d1c6780862287cab74ea3d1"
            })
    void badTraceId_isRefused(String traceId) {
        assertThat(rejection(HEADER + SEGMENT.replace(XRAY_TRACE, traceId))).isEqualTo(Rejection.BAD_TRACE_ID);
    }

    @Test
    void noTraceId_isRefused() {
        assertThat(rejection(HEADER + SEGMENT.replace("trace_id", "other"))).isEqualTo(Rejection.BAD_TRACE_ID);
    }

    @Test
    void noId_isRefused() {
        assertThat(rejection(HEADER + SEGMENT.replace("'id'", "'ident'"))).isEqualTo(Rejection.NO_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000a", "000000000000000x", "000000000000000aa"})
    void badId_isRefused(String id) {
        assertThat(rejection(HEADER + segmentJson(id, ""))).isEqualTo(Rejection.BAD_ID);
    }

    @Test
    void badParentId_isRefused() {
        assertThat(rejection(HEADER + segmentJson("000000000000000a", ",'parent_id':'b'")))
                .isEqualTo(Rejection.BAD_ID);
    }

    @Test
    void embeddedSubsegmentWithoutId_isRefused() {
        String document = segmentJson("000000000000000a", ",'subsegments':[{'name':'s','start_time':1}]");
        assertThat(rejection(HEADER + document)).isEqualTo(Rejection.NO_ID);
    }

    @Test
    void noName_isRefused() {
        assertThat(rejection(HEADER + SEGMENT.replace("'svc'", "' '"))).isEqualTo(Rejection.NO_NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'start_time':'100'", "'start_time':-1", "'start_time':1e300", "'start_time':1795246389000000"})
    void badTime_isRefused(String start) {
        assertThat(rejection(HEADER + SEGMENT.replace("'start_time':100", start)))
                .isEqualTo(Rejection.BAD_TIME);
    }

    @Test
    void subsegmentSentAloneWithoutParent_isRefused() {
        assertThat(rejection(HEADER + segmentJson("000000000000000a", ",'type':'subsegment'")))
                .isEqualTo(Rejection.NO_PARENT);
    }

    @Test
    void subsegmentSentAlone_isTaken() throws Exception {
        TraceSpan span = read(HEADER
                        + segmentJson("000000000000000a", ",'type':'subsegment','parent_id':'000000000000000B'"))
                .spans()
                .get(0);

        assertThat(span.kind()).isEqualTo(TraceSpan.Kind.SUBSEGMENT);
        assertThat(span.parentId()).isEqualTo("000000000000000b");
    }

    private static Rejection rejection(String datagram) {
        return catchThrowableOfType(RejectedException.class, () -> read(datagram))
                .reason();
    }

    private static Received read(String datagram) throws RejectedException {
        byte[] bytes = datagram.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return XRayDatagram.read(bytes, bytes.length);
    }
}
