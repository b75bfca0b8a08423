package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.NANOS;
import static io.spanloom.desk.Fixtures.XRAY_TRACE;
import static io.spanloom.desk.Fixtures.attribute;
import static io.spanloom.desk.Fixtures.bytes;
import static io.spanloom.desk.Fixtures.otlp;
import static io.spanloom.desk.Fixtures.request;
import static io.spanloom.desk.Fixtures.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One program, traced by either protocol, is one line. */
class SameLineTest {
    private static final String XRAY = """
            {'id':'00000000000000a1','trace_id':'%s','name':'shop','start_time':1795246389.0,'end_time':1795246389.5,
             'fault':true,
             'http':{'request':{'user_agent':'curl','method':'GET','url':'http://shop/cart','client_ip':'10.0.0.1'},
                     'response':{'status':500,'content_length':0}},
             'metadata':{'spanloom':{'operation':'GET /cart'}},
             'annotations':{'rows':3,'handle':'ann','ratio':0.5,'vip':true},
             'subsegments':[
               {'id':'00000000000000a2','name':'load','start_time':1795246389.1,'end_time':1795246389.4,'fault':true,
                'metadata':{'cart':{'b':[1,{'x':null}],'a':'text'},'default':{'note':'n'}},
                'cause':{'exceptions':[{'id':'00000000000000e1','type':'a.Outer','message':'no'},
                                       {'id':'00000000000000e2','type':'b.Inner'}]},
                'subsegments':[{'id':'00000000000000a3','name':'DynamoDB','namespace':'aws',
                                'start_time':1795246389.2,'end_time':1795246389.3,
                                'metadata':{'default':{'rpc.system':'aws-api'}}}]}]}
            """.formatted(XRAY_TRACE);

    @Test
    void equalPrograms_giveEqualLines() throws Exception {
        String xray = line(List.of(segment(XRAY)));
        String otlp =
                line(OtlpBatch.read(request("shop", leaf(), load(), root())).documents());

        assertThat(otlp.replace("\"source\":\"otlp\"", "\"source\":\"xray\"")).isEqualTo(xray);
    }

    private static Span root() {
        return span("a1", "", "GET /cart", 0, 500)
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .addAttributes(attribute("http.request.method", "GET"))
                .addAttributes(attribute("url.full", "http://shop/cart"))
                .addAttributes(attribute("user_agent.original", "curl"))
                .addAttributes(attribute("network.peer.address", "10.0.0.1"))
                .addAttributes(attribute("http.response.status_code", 500L))
                .addAttributes(attribute("aws.xray.metadata.spanloom", "{\"operation\":\"GET /cart\"}"))
                .addAttributes(attribute("aws.xray.annotations", new String[] {"handle", "rows", "ratio", "vip"}))
                .addAttributes(attribute("handle", "ann"))
                .addAttributes(attribute("rows", 3L))
                .addAttributes(attribute("ratio", 0.5))
                .addAttributes(attribute("vip", true))
                .build();
    }

    private static Span load() {
        return span("a2", "a1", "load", 100, 400)
                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                .addAttributes(attribute("aws.xray.metadata.cart", "{\"a\":\"text\",\"b\":[1,{\"x\":null}]}"))
                .addAttributes(attribute("aws.xray.metadata.default", "{\"note\":\"n\"}"))
                .addEvents(Span.Event.newBuilder()
                        .setName("exception")
                        .addAttributes(attribute("exception.type", "a.Outer"))
                        .addAttributes(attribute("exception.message", "no"))
                        .addAttributes(attribute(
                                "exception.stacktrace",
                                "a.Outer\n\tat a.B.c(B.java:1)\nCaused by: b.Inner\n\tat d.E.f(E.java:2)\n")))
                .build();
    }

    private static Span leaf() {
        return span("a3", "a2", "DynamoDB", 200, 300)
                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .addAttributes(attribute("rpc.system", "aws-api"))
                .build();
    }

    private static Span.Builder span(String id, String parent, String name, long fromMillis, long toMillis) {
        Span.Builder span = otlp("00000000000000" + id)
                .setName(name)
                .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                .setStartTimeUnixNano(NANOS + fromMillis * 1_000_000)
                .setEndTimeUnixNano(NANOS + toMillis * 1_000_000);
        return parent.isEmpty() ? span : span.setParentSpanId(bytes("00000000000000" + parent));
    }

    private static String line(List<Received> documents) {
        List<TraceSpan> spans = new ArrayList<>();
        documents.forEach(document -> spans.addAll(document.spans()));
        return JsonLine.of(
                new Trace(documents.get(0).traceId(), SpanTree.of(spans).spansWithService(), true));
    }
}
