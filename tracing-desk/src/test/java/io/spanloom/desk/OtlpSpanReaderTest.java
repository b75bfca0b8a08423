package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.attribute;
import static io.spanloom.desk.Fixtures.bytes;
import static io.spanloom.desk.Fixtures.otlp;
import static io.spanloom.desk.Fixtures.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpSpanReaderTest {
    private static final String ID = "000000000000000a";
    private static final String PARENT = "000000000000000b";

    @ParameterizedTest
    @CsvSource({
        "SPAN_KIND_SERVER,   true,  SEGMENT",
        "SPAN_KIND_CONSUMER, true,  SEGMENT",
        "SPAN_KIND_INTERNAL, false, SEGMENT",
        "SPAN_KIND_CLIENT,   false, SEGMENT",
        "SPAN_KIND_INTERNAL, true,  SUBSEGMENT",
        "SPAN_KIND_CLIENT,   true,  SUBSEGMENT",
        "SPAN_KIND_PRODUCER, true,  SUBSEGMENT",
    })
    void kindAndParent_decideSegmentOrSubsegment(SpanKind kind, boolean parent, TraceSpan.Kind expected) {
        Span.Builder span = otlp(ID).setKind(kind);
        if (parent) {
            span.setParentSpanId(bytes(PARENT));
        }

        assertThat(read(span).kind()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"SPAN_KIND_CLIENT, remote", "SPAN_KIND_PRODUCER, remote", "SPAN_KIND_INTERNAL, ", "SPAN_KIND_SERVER, "})
    void kind_decidesNamespace(SpanKind kind, String namespace) {
        assertThat(read(otlp(ID).setKind(kind)).namespace()).isEqualTo(namespace);
    }

    @Test
    void awsApi_isNamespaceAwsAndSaidOnce() {
        TraceSpan span = read(otlp(ID).setKind(SpanKind.SPAN_KIND_CLIENT)
                .addAttributes(attribute("rpc.system", "aws-api"))
                .addAttributes(attribute("rpc.method", "Query"))
                .addAttributes(attribute("aws.region", "eu-west-1")));

        assertThat(span.namespace()).isEqualTo("aws");
        assertThat(span.metadata()).isEmpty();
        assertThat(span.details()).isEqualTo(Map.of("aws", Map.of("operation", "Query", "region", "eu-west-1")));
    }

    @Test
    void listedAttributes_areAnnotations() {
        TraceSpan span = read(otlp(ID).addAttributes(
                        attribute("aws.xray.annotations", new String[] {"user.id", "n", "é!", "list", "absent"}))
                .addAttributes(attribute("user.id", "ann"))
                .addAttributes(attribute("n", 7L))
                .addAttributes(attribute("é!", true))
                .addAttributes(attribute("list", new String[] {"a"}))
                .addAttributes(attribute("other", 1.5)));

        assertThat(span.annotations()).isEqualTo(Map.of("user.id", "ann", "n", 7L, "__", true));
        assertThat(span.metadata().get("default")).containsOnlyKeys("list", "other");
    }

    @Test
    void metadataAttributes_areNamespaces() {
        TraceSpan span = read(otlp(ID).addAttributes(
                        attribute("aws.xray.metadata.shop", "{\"cart\":{\"items\":[1,2]},\"none\":null}"))
                .addAttributes(attribute("aws.xray.metadata.Default", "{\"a\":1}"))
                .addAttributes(attribute("aws.xray.metadata.broken", "{\"a\":"))
                .addAttributes(attribute("aws.xray.metadata.array", "[1]"))
                .addAttributes(attribute("thread.id", 12L)));

        assertThat(span.metadata().get("shop")).containsOnlyKeys("cart", "none");
        assertThat(span.metadata().get("default"))
                .containsEntry("a", 1L)
                .containsEntry("thread.id", 12L)
                .containsEntry("aws.xray.metadata.broken", "{\"a\":")
                .containsEntry("aws.xray.metadata.array", "[1]");
    }

    @Test
    void bookkeeping_namesOperationAndServiceAndIsNotShown() {
        TraceSpan span = read(otlp(ID).addAttributes(attribute(
                "aws.xray.metadata.spanloom", "{\"operation\":\"POST /cart\",\"service\":\"shop\"}")));

        assertThat(span.name()).isEqualTo("POST /cart");
        assertThat(span.service()).isEqualTo("shop");
        assertThat(span.metadata()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, STATUS_CODE_UNSET, false, false, false",
        "404, STATUS_CODE_UNSET, true,  false, false",
        "404, STATUS_CODE_ERROR, true,  false, false",
        "429, STATUS_CODE_ERROR, true,  false, true",
        "503, STATUS_CODE_UNSET, false, true,  false",
        "200, STATUS_CODE_ERROR, false, true,  false",
        "0,   STATUS_CODE_ERROR, false, true,  false",
        "0,   STATUS_CODE_OK,    false, false, false",
    })
    void statuses_decideOutcome(long http, Status.StatusCode code, boolean error, boolean fault, boolean throttle) {
        Span.Builder span = otlp(ID).setStatus(Status.newBuilder().setCode(code));
        if (http != 0) {
            span.addAttributes(attribute("http.response.status_code", http));
        }

        assertThat(read(span))
                .extracting(TraceSpan::error, TraceSpan::fault, TraceSpan::throttle)
                .containsExactly(error, fault, throttle);
    }

    @Test
    void exceptionEvents_giveEachThrowableOutermostFirst() {
        TraceSpan span = read(otlp(ID).addEvents(exception(
                        "a.B", "outer", "a.B: outer\n\tat x.Y.z(Y.java:1)\nCaused by: c.D: inner\n\tat q.r(S.java:2)"))
                .addEvents(exception("e.F", "second", "")));

        assertThat(span.exceptions())
                .containsExactly(
                        new TraceSpan.Thrown("a.B", "outer", List.of(new TraceSpan.Frame("x.Y.z", "Y.java", 1)), 0),
                        new TraceSpan.Thrown("c.D", "inner", List.of(new TraceSpan.Frame("q.r", "S.java", 2)), 0),
                        new TraceSpan.Thrown("e.F", "second"));
        assertThat(span.ok()).isTrue();
    }

    @Test
    void links_areKeptAsADocumentHasThem() {
        TraceSpan span = read(otlp(ID).addLinks(Span.Link.newBuilder()
                        .setTraceId(bytes("6b0149357ad1c6780862287cab74ea3d"))
                        .setSpanId(bytes(PARENT))
                        .addAttributes(attribute("queue", "orders")))
                .addLinks(Span.Link.getDefaultInstance()));

        assertThat(span.details())
                .isEqualTo(Map.of(
                        "links",
                        List.of(Map.of(
                                "trace_id",
                                "1-6b014935-7ad1c6780862287cab74ea3d",
                                "id",
                                PARENT,
                                "attributes",
                                Map.of("queue", "orders")))));
    }

    @Test
    void stacksAndLinks_outliveTheirDocument() throws Exception {
        TraceSpan span = read(otlp(ID).addLinks(Span.Link.newBuilder()
                        .setTraceId(bytes("6b0149357ad1c6780862287cab74ea3d"))
                        .setSpanId(bytes(PARENT)))
                .addEvents(exception("a.B", "outer", "a.B: outer\n\tat x.Y.z(Y.java:1)\n\tat odd\n\t... 3 more")));
        String document = SegmentWriter.write(Fixtures.TRACE, span);

        TraceSpan again = SegmentReader.readWritten(document.getBytes(StandardCharsets.UTF_8))
                .head();

        assertThat(again.exceptions()).isEqualTo(span.exceptions());
        assertThat(again.details()).isEqualTo(span.details());
        assertThat(span.exceptions().get(0).stack()).hasSize(2);
        assertThat(span.exceptions().get(0).truncated()).isEqualTo(3);
    }

    @Test
    void errorDescriptionWithoutException_isOneOfNoType() {
        TraceSpan span = read(otlp(ID).setStatus(Status.newBuilder()
                .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                .setMessage("boom")));

        assertThat(span.exceptions()).containsExactly(new TraceSpan.Thrown("", "boom"));
    }

    @Test
    void sqlAttributes_areXRaysSqlBlock() {
        TraceSpan span = read(otlp(ID).addAttributes(attribute("db.system", "postgresql"))
                .addAttributes(attribute("db.name", "cruddur"))
                .addAttributes(attribute("db.connection_string", "postgresql://db.local"))
                .addAttributes(attribute("db.statement", "SELECT 1")));

        assertThat(span.metadata()).isEmpty();
        assertThat(span.details())
                .isEqualTo(Map.of(
                        "sql",
                        Map.of(
                                "url", "op",
                                "connection_string", "postgresql://db.local/cruddur",
                                "database_type", "postgresql",
                                "sanitized_query", "SELECT 1")));
    }

    @Test
    void times_areRoundedToTheMicrosecond() {
        TraceSpan span = read(otlp(ID).setStartTimeUnixNano(1_500).setEndTimeUnixNano(2_499));

        assertThat(span.start()).isEqualTo(Instant.ofEpochSecond(0, 2_000));
        assertThat(span.end()).isEqualTo(Instant.ofEpochSecond(0, 2_000));
    }

    @Test
    void inProgressAttribute_meansNoEnd() {
        assertThat(read(otlp(ID).addAttributes(attribute("aws.xray.inprogress", true)))
                        .end())
                .isNull();
    }

    @Test
    void parentOfZeros_isNoParent() {
        assertThat(read(otlp(ID).setParentSpanId(bytes("0000000000000000"))).parentId())
                .isNull();
    }

    @Test
    void valuesWithoutJson_areWrittenAsText() {
        KeyValue bytes = KeyValue.newBuilder()
                .setKey("bytes")
                .setValue(AnyValue.newBuilder().setBytesValue(bytes("00ff")))
                .build();
        TraceSpan span =
                read(otlp(ID).addAttributes(attribute("nan", Double.NaN)).addAttributes(bytes));

        assertThat(span.metadata()).isEqualTo(Map.of("default", Map.of("nan", "NaN", "bytes", "AP8=")));
    }

    private static Span.Event exception(String type, String message, String stack) {
        return Span.Event.newBuilder()
                .setName("exception")
                .addAttributes(attribute("exception.type", type))
                .addAttributes(attribute("exception.message", message))
                .addAttributes(attribute("exception.stacktrace", stack))
                .build();
    }
}
