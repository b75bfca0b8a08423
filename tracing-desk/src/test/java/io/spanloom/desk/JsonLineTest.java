package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.TRACE;
import static io.spanloom.desk.Fixtures.oneSegment;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonLineTest {

    @Test
    void barestSpan_hasEveryField() throws Exception {
        assertThat(line(oneSegment("000000000000000a", "")))
                .isEqualTo("{\"traceId\":\"" + TRACE + "\",\"spans\":[{\"id\":\"000000000000000a\",\"parentId\":null,"
                        + "\"name\":\"svc\",\"service\":\"svc\",\"kind\":\"segment\",\"namespace\":null,"
                        + "\"start\":100.000000,\"end\":101.000000,\"annotations\":{},\"metadata\":{},\"http\":{},"
                        + "\"ok\":true,\"error\":false,\"fault\":false,\"throttle\":false,\"exceptions\":[],"
                        + "\"source\":\"xray\"}]}");
    }

    @Test
    void fullSpan_hasItsValues() throws Exception {
        String more = ",'parent_id':'000000000000000b','type':'subsegment','namespace':'aws','error':true,"
                + "'annotations':{'b':true,'a':1.5},'metadata':{'n':{'k':[null,'x']}},"
                + "'http':{'request':{'url':'u','method':'GET'}},'cause':{'exceptions':[{'type':'T','message':'m'}]}";

        assertThat(line(oneSegment("000000000000000a", more)))
                .contains("\"parentId\":\"000000000000000b\"")
                .contains("\"service\":null,\"kind\":\"subsegment\",\"namespace\":\"aws\"")
                .contains("\"annotations\":{\"a\":1.5,\"b\":true},\"metadata\":{\"n\":{\"k\":[null,\"x\"]}}")
                .contains("\"http\":{\"request\":{\"method\":\"GET\",\"url\":\"u\"}},\"ok\":false,\"error\":true")
                .contains("\"exceptions\":[{\"type\":\"T\",\"message\":\"m\"}]");
    }

    @Test
    void spanInProgress_endsInNull() throws Exception {
        assertThat(line(oneSegment("000000000000000a", ",'in_progress':true"))).contains("\"end\":null");
    }

    @Test
    void today_isToTheMicrosecond() throws Exception {
        String line = line(oneSegment("000000000000000a", ",'start_time':1.7952463898596954E9"));

        assertThat(line).contains("\"start\":1795246389.859695");
    }

    @Test
    void newlineInText_staysOnOneLine() throws Exception {
        assertThat(line(oneSegment("000000000000000a", ",'annotations':{'k':'a\\nb'}")))
                .doesNotContain("\n");
    }

    private static String line(Received document) {
        return JsonLine.of(new Trace(document.traceId(), document.spans(), true));
    }
}
