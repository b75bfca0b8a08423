package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.Sql;
import io.spanloom.e2e.parity.ParitySession.Outcome;
import io.spanloom.e2e.parity.Step.Annotate;
import io.spanloom.e2e.parity.Step.AwsCall;
import io.spanloom.e2e.parity.Step.Close;
import io.spanloom.e2e.parity.Step.Event;
import io.spanloom.e2e.parity.Step.Expected;
import io.spanloom.e2e.parity.Step.Fail;
import io.spanloom.e2e.parity.Step.Link;
import io.spanloom.e2e.parity.Step.Metadata;
import io.spanloom.e2e.parity.Step.Receive;
import io.spanloom.e2e.parity.Step.Request;
import io.spanloom.e2e.parity.Step.Response;
import io.spanloom.e2e.parity.Step.Start;
import io.spanloom.e2e.parity.Step.Statement;
import io.spanloom.e2e.parity.Step.User;
import io.spanloom.e2e.parity.Step.Way;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of docs/parity.md of which both backends must be asked at once: the same documents, and what is in them. */
class MappingRowsTest {

    private static final String SERVICE = "cruddur, the \u00fcber/service";
    private static final List<StackTraceElement> FRAMES = List.of(new StackTraceElement("a.B", "c", "B.java", 7));

    private static ParitySession session;

    @BeforeAll
    static void inForce() throws IOException {
        session = new ParitySession(ToXRay.rules(), Duration.ofSeconds(10));
        session.backends("xray,otel");
    }

    @AfterAll
    static void over() {
        session.close();
    }

    /** The documents, by name, of a root and what the steps do to it (number 0) and below it. */
    private static Map<String, ObjectNode> same(Step... steps) {
        Outcome outcome = session.run(List.of(new Program(0, List.of(steps)))).get(0);
        assertThat(Differences.of("X-Ray", outcome.xray(), "OpenTelemetry", outcome.otel()))
                .isEmpty();
        return outcome.xray().values().stream()
                .collect(java.util.stream.Collectors.toMap(
                        each -> each.path("name").asText(), each -> each));
    }

    private static Start root() {
        return new Start(0, Way.SPAN, "root", SpanKind.INTERNAL, null, 50);
    }

    private static Start child(SpanKind kind, String namespace) {
        return new Start(1, Way.SPAN, "child", kind, namespace, 50);
    }

    private static Thrown thrown(String message, Thrown cause) {
        return new Thrown(Thrown.Type.RUNTIME, message, FRAMES, cause, null, false);
    }

    private static ObjectNode childWith(Step... steps) {
        Step[] all = Arrays.copyOf(new Step[] {root(), child(SpanKind.INTERNAL, null)}, 2 + steps.length);
        System.arraycopy(steps, 0, all, 2, steps.length);
        ObjectNode child = same(all).get("child");
        assertThat(child).isNotNull();
        return child;
    }

    @Test
    void request_isNamedAfterTheService() {
        Map<String, ObjectNode> documents = same(new Receive(
                0, "GET /home", SpanKind.SERVER, "5759e988bd862e3f", ";Parent=53995c3f42cd8ad8;Sampled=1", ""));

        assertThat(documents).containsOnlyKeys(SERVICE);
        assertThat(documents.get(SERVICE).at("/metadata/spanloom/operation").asText())
                .isEqualTo("GET /home");
    }

    @Test
    void requestForAKnownHost_isNamedAfterThatHost() {
        Map<String, ObjectNode> documents = same(
                new Receive(0, "GET /home", SpanKind.SERVER, "5759e988bd862e3f", ";Sampled=1", "Shop.example.com:80"));

        assertThat(documents).containsOnlyKeys("Shop.example.com:80");
        assertThat(documents
                        .get("Shop.example.com:80")
                        .at("/metadata/default/aws.local.service")
                        .asText())
                .isEqualTo("Shop.example.com:80");
    }

    @ParameterizedTest
    @CsvSource({
        "200, false, false, false",
        "404, true, false, false",
        "429, true, true, false",
        "503, false, false, true",
        "700, false, false, false"
    })
    void status_decidesTheFlagsWhateverWasThrown(int status, boolean error, boolean throttle, boolean fault) {
        ObjectNode child = childWith(new Response(1, Http.response(status)), new Fail(1, thrown("x", null), 1));

        assertThat(child.get("error").asBoolean()).isEqualTo(error);
        assertThat(child.get("throttle").asBoolean()).isEqualTo(throttle);
        assertThat(child.get("fault").asBoolean()).isEqualTo(fault);
        assertThat(child.at("/cause/exceptions")).hasSize(1);
    }

    @Test
    void failure_inventsNoException() {
        ObjectNode child = childWith(new Response(1, Http.response(500)));

        assertThat(child.get("fault").asBoolean()).isTrue();
        assertThat(child.has("cause")).isFalse();
    }

    @Test
    void causes_areReadBackWhole() {
        ObjectNode child = childWith(new Fail(
                1, thrown("two\nlines", thrown("Caused by: x: y\n\tat a.b(c:1)", thrown(null, null))), 1));

        assertThat(child.at("/cause/exceptions")).hasSize(3);
        assertThat(child.at("/cause/exceptions/0/message").asText()).isEqualTo("two\nlines");
        assertThat(child.at("/cause/exceptions/1/message").asText()).isEqualTo("Caused by: x: y \tat a.b(c:1)");
        assertThat(child.at("/cause/exceptions/2/message").asText()).isEmpty();
        assertThat(child.at("/cause/exceptions/2/stack/0/line").asInt()).isEqualTo(7);
    }

    @Test
    void exceptionThatPassesThroughSpans_isOnTheDeepest() {
        Thrown passing = thrown("disk", null);
        Map<String, ObjectNode> documents =
                same(root(), child(SpanKind.INTERNAL, null), new Close(1, passing), new Close(0, passing));

        assertThat(documents.get("child").at("/cause/exceptions")).hasSize(1);
        assertThat(documents.get("root").has("cause")).isFalse();
        assertThat(documents.get("root").get("fault").asBoolean()).isTrue();
    }

    @Test
    void severalExceptions_keepTheirOrder() {
        ObjectNode child = childWith(new Expected(1, thrown("first", null)), new Expected(1, thrown("second", null)));

        assertThat(child.at("/cause/exceptions/0/message").asText()).isEqualTo("first");
        assertThat(child.at("/cause/exceptions/1/message").asText()).isEqualTo("second");
        assertThat(child.get("fault").asBoolean()).isFalse();
    }

    @Test
    void annotations_areTextNumbersAndTruthValuesOnly() {
        assertThat(Arrays.stream(Span.class.getMethods())
                        .filter(method -> method.getName().equals("annotation"))
                        .map(method -> method.getParameterTypes()[1]))
                .containsExactlyInAnyOrder(
                        String.class, long.class, double.class, boolean.class, Number.class, Boolean.class);
    }

    @Test
    void annotationsWithoutAForm_areLeftOut() {
        ObjectNode child = childWith(
                new Annotate(1, "empty", ""),
                new Annotate(1, "nan", Double.NaN),
                new Annotate(1, "infinite", Double.POSITIVE_INFINITY),
                new Annotate(1, "null", null),
                new Annotate(1, "key.with dots", Long.MAX_VALUE),
                new Annotate(1, "decimal", new BigDecimal("12.5")));

        assertThat(child.get("annotations").toString())
                .isEqualTo("{\"key_with_dots\":" + Long.MAX_VALUE + ",\"decimal\":12.5}");
    }

    @Test
    void metadata_isOneValueForBothReaders() {
        ObjectNode child = childWith(
                new Metadata(1, "Default", "exact", (1L << 53) + 1),
                new Metadata(1, "AWS.x", "empty", List.of()),
                new Metadata(1, "AWS.x", "inner", Map.of("none", "")),
                new Metadata(1, "work", "huge", new BigDecimal("999999999999999E299")));

        assertThat(child.at("/metadata/default/exact").asText()).isEqualTo("9007199254740993");
        assertThat(child.at("/metadata/AWS_x").toString()).isEqualTo("{\"inner\":{\"none\":\"\"}}");
        assertThat(child.at("/metadata/work/huge").isTextual()).isTrue();
    }

    @Test
    void lengthThatIsKnown_isTheResponses() {
        assertThat(childWith(new Response(1, Http.response(200).contentLength(512)))
                        .at("/http/response/content_length")
                        .asInt())
                .isEqualTo(512);
    }

    @Test
    void request_isKeptAsGiven() {
        Http.Request request = Http.request("GET", "http://h/p?q=1").userAgent("curl/8");
        ObjectNode direct = childWith(new Request(1, request.clientIp("10.0.0.1")));
        ObjectNode forwarded = childWith(new Request(1, request.forwardedFor("10.0.0.1")));

        assertThat(direct.at("/http/request/url").asText()).isEqualTo("http://h/p?q=1");
        assertThat(direct.at("/http/request/x_forwarded_for").isMissingNode()).isTrue();
        assertThat(forwarded.at("/http/request/x_forwarded_for").asBoolean()).isTrue();
    }

    @Test
    void statement_isNamedAfterItsDatabaseButASegmentIsNot() {
        Sql sql = Sql.on("postgresql", "cruddur").server("postgresql://app:secret@my_db:5432/x");
        Map<String, ObjectNode> documents =
                same(root(), child(SpanKind.CLIENT, null), new Statement(1, sql), new Statement(0, sql));

        assertThat(documents).containsOnlyKeys("root", "cruddur@my_db");
        assertThat(documents.get("cruddur@my_db").at("/sql/connection_string").asText())
                .isEqualTo("postgresql://my_db:5432/cruddur");
        assertThat(documents.get("root").at("/metadata/sql/database").asText()).isEqualTo("cruddur");
    }

    @Test
    void awsCall_isNamedAfterItsServiceButASegmentIsNot() {
        Aws aws = Aws.call("DynamoDb", "BatchGetItem")
                .region("eu-west-1")
                .requestId("r1")
                .table("a")
                .table("b")
                .with("aws.retries", 2)
                .with("aws.extended_request_id", "extended");
        Map<String, ObjectNode> documents =
                same(root(), child(SpanKind.CLIENT, "aws"), new AwsCall(1, aws), new AwsCall(0, aws));

        assertThat(documents).containsOnlyKeys("root", "DynamoDb");
        assertThat(documents.get("DynamoDb").get("aws").toString())
                .isEqualTo("{\"operation\":\"BatchGetItem\",\"region\":\"eu-west-1\",\"request_id\":\"r1\","
                        + "\"table_names\":[\"a\",\"b\"]}");
        assertThat(documents.get("DynamoDb").at("/metadata/default/aws.retries").asInt())
                .isEqualTo(2);
        assertThat(documents.get("root").at("/metadata/aws/operation").asText()).isEqualTo("BatchGetItem");
    }

    @Test
    void awsCall_isInItsNamespaceAndItsExceptionsAreRemote() {
        Map<String, ObjectNode> documents = same(
                root(),
                child(SpanKind.INTERNAL, "aws"),
                new Fail(1, thrown("x", null), 1),
                new Event(1, "HTTP request failure", Map.of("http.response.status_code", 503), 1));

        assertThat(documents.get("child").get("namespace").asText()).isEqualTo("aws");
        assertThat(documents.get("child").at("/cause/exceptions")).hasSize(1);
        assertThat(documents.get("child").at("/cause/exceptions/0/remote").asBoolean())
                .isTrue();
    }

    @Test
    void event_isMetadata() {
        ObjectNode child = childWith(new Event(1, "exception", Map.of("message.type", "RECEIVED"), 1));

        assertThat(child.at("/metadata/events/list/0/name").asText()).isEqualTo("exception");
        assertThat(child.has("cause")).isFalse();
    }

    @Test
    void countlessEvents_leaveRoomForExceptions() {
        ObjectNode child = childWith(new Event(1, "row", Map.of(), 5_000), new Expected(1, thrown("x", null)));

        assertThat(child.at("/cause/exceptions")).hasSize(1);
        assertThat(child.at("/metadata/events/left_out").asInt()).isEqualTo(4_872);
    }

    @Test
    void link_isALinkAndMetadata() {
        ObjectNode child = childWith(new Link(1, "5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8", 1));

        assertThat(child.at("/links/0/trace_id").asText()).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
        assertThat(child.at("/metadata/links/list/0/id").asText()).isEqualTo("53995c3f42cd8ad8");
    }

    @Test
    void userOfAChild_isTheSegments() {
        Map<String, ObjectNode> documents = same(root(), child(SpanKind.INTERNAL, null), new User(1, "andrew"));

        assertThat(documents.get("root").get("user").asText()).isEqualTo("andrew");
        assertThat(documents.get("child").has("user")).isFalse();
    }

    @Test
    void segmentBelowAParent_isASegmentWhateverItsKind() {
        Map<String, ObjectNode> documents = same(root(), new Start(1, Way.SEGMENT, "job", SpanKind.CLIENT, null, 50));

        assertThat(documents.get(SERVICE).get("parent_id"))
                .isEqualTo(documents.get("root").get("id"));
        assertThat(documents.get(SERVICE).has("type")).isFalse();
    }

    @Test
    void childThatOutlivesItsParent_isTheSameDocument() {
        Map<String, ObjectNode> documents =
                same(root(), child(SpanKind.INTERNAL, null), new Close(0, null), new Annotate(1, "late", true));

        assertThat(documents.get("child").at("/annotations/late").asBoolean()).isTrue();
        assertThat(documents.get("child").get("end_time").asDouble())
                .isGreaterThan(documents.get("root").get("end_time").asDouble());
        assertThat(documents.get("child").has("in_progress")).isFalse();
    }

    @Test
    void traceThatIsNotSampled_isNowhere() {
        assertThat(same(
                        new Receive(0, "GET /", SpanKind.SERVER, "5759e988bd862e3f", ";Sampled=0", ""),
                        child(SpanKind.INTERNAL, null)))
                .isEmpty();
    }

    @Test
    void spanTooLargeForADocument_losesItsMetadataAndThenItsFrames() {
        Step[] metadata = new Step[8];
        for (int i = 0; i < metadata.length; i++) {
            metadata[i] =
                    new Metadata(1, "work", "k" + i, List.of("a".repeat(4_000), "b".repeat(4_000), "c".repeat(4_000)));
        }
        assertThat(childWith(metadata).at("/metadata").toString()).isEqualTo("{\"spanloom\":{\"shed\":\"metadata\"}}");

        StackTraceElement[] deep = new StackTraceElement[50];
        Arrays.fill(deep, new StackTraceElement("app." + "X".repeat(200), "find", "Shop.java", 1));
        Thrown large = new Thrown(Thrown.Type.IO, "x", List.of(deep), null, null, false);
        ObjectNode failed = childWith(new Metadata(1, "work", "k", 1), new Fail(1, large, 10));
        assertThat(failed.at("/metadata/spanloom/shed").asText()).isEqualTo("metadata, stack frames");
        assertThat(failed.at("/cause/exceptions")).hasSize(10);
        assertThat(failed.at("/cause/exceptions/0").has("stack")).isFalse();
    }

    @Test
    void exceptionsTooLargeForADocument_leaveTheFirst() {
        Thrown large = new Thrown(Thrown.Type.NO_STACK, "m".repeat(1_000), List.of(), null, null, false);
        ObjectNode child = childWith(new Fail(1, large, 80));

        assertThat(child.at("/cause/exceptions")).hasSize(1);
        assertThat(child.at("/metadata/spanloom/shed").asText()).isEqualTo("metadata, stack frames, exceptions");
    }
}
