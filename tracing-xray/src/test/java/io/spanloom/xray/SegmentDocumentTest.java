package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The documents' shape, key by key. */
class SegmentDocumentTest extends AtTheDaemon {

    private static final SpanSpec REQUEST =
            SpanSpec.named("GET /home").kind(SpanKind.SERVER).placement(SpanSpec.Placement.SEGMENT);
    private static final SpanSpec CALL = SpanSpec.named("db").kind(SpanKind.CLIENT);

    @Test
    void sameTrace_hasTheKeysOfTheSdksOwnSegment() throws IOException {
        try (Span root = Tracing.span(REQUEST)) {
            root.http(Http.request("GET", "http://localhost/"));
            try (Span db = Tracing.span(CALL)) {
                db.annotation("k", "v").metadata("ns", "o", Map.of("n", 1));
                db.fail(new IllegalStateException("boom"));
            }
        }

        JsonNode sdks;
        try (InputStream fixture = SegmentDocumentTest.class.getResourceAsStream("sdk-segment.json")) {
            sdks = new ObjectMapper().readTree(fixture);
        }
        Set<String> expected = paths("", sdks, new TreeSet<>());
        expected.remove("/subsegments/cause/working_directory"); // tells where a process runs, and nobody reads it
        expected.add("/metadata"); // the operation
        expected.add("/metadata/spanloom");
        expected.add("/metadata/spanloom/operation");
        assertThat(paths("", documents(1).get(0), new TreeSet<>())).isEqualTo(expected);
    }

    private static Set<String> paths(String above, JsonNode node, Set<String> all) {
        node.properties().forEach(entry -> {
            all.add(above + "/" + entry.getKey());
            paths(above + "/" + entry.getKey(), entry.getValue(), all);
        });
        if (node.isArray()) {
            node.forEach(element -> paths(above, element, all));
        }
        return all;
    }

    @Test
    void request_carriesTheServicesNameAndItsOperation() {
        Tracing.span(REQUEST).close();

        ObjectNode segment = documents(1).get(0);
        assertThat(segment.get("name").asText()).isEqualTo("cruddur");
        assertThat(segment.at("/metadata/spanloom/operation").asText()).isEqualTo("GET /home");
        assertThat(segment.at("/metadata/spanloom/service").isMissingNode()).isTrue();
    }

    @Test
    void job_carriesItsOwnNameAndTheService() {
        Tracing.segment("nightly").close();

        ObjectNode segment = documents(1).get(0);
        assertThat(segment.get("name").asText()).isEqualTo("nightly");
        assertThat(segment.at("/metadata/spanloom/service").asText()).isEqualTo("cruddur");
    }

    @Test
    void message_underAParent_isASegmentOfItsOwnName() {
        SpanSpec message = SpanSpec.named("handle order").kind(SpanKind.CONSUMER);
        try (Span root = Tracing.span("root")) {
            Tracing.span(message).close();
        }

        ObjectNode segment = named("handle order");
        assertThat(segment.has("type")).isFalse();
        assertThat(segment.get("parent_id")).isEqualTo(named("root").get("id"));
        assertThat(segment.get("trace_id")).isEqualTo(named("root").get("trace_id"));
    }

    @Test
    void embeddedSubsegment_hasNoTraceParentOrType() {
        try (Span root = Tracing.span("root")) {
            Tracing.span("child").close();
        }

        JsonNode child = documents(1).get(0).get("subsegments").get(0);
        assertThat(child.has("trace_id")).isFalse();
        assertThat(child.has("parent_id")).isFalse();
        assertThat(child.has("type")).isFalse();
    }

    @Test
    void causes_areLinkedById() {
        Exception failure = new IllegalStateException("outer", new IOException("inner"));
        try (Span root = Tracing.span("root")) {
            root.fail(failure);
        }

        ObjectNode segment = documents(1).get(0);
        JsonNode exceptions = segment.at("/cause/exceptions");
        assertThat(exceptions).hasSize(2);
        assertThat(exceptions.get(0).get("cause")).isEqualTo(exceptions.get(1).get("id"));
        assertThat(exceptions.get(0).get("id").asText()).matches("[0-9a-f]{16}");
        assertThat(exceptions.get(0).get("remote").asBoolean()).isFalse();
        assertThat(exceptions.get(0).at("/stack/0/label").asText())
                .isEqualTo(SegmentDocumentTest.class.getName() + ".causes_areLinkedById");
        assertThat(exceptions.get(0).at("/stack/0/path").asText()).isEqualTo("SegmentDocumentTest.java");
        assertThat(segment.get("fault").asBoolean()).isTrue();
        assertThat(segment.at("/cause/working_directory").isMissingNode()).isTrue();
    }

    @Test
    void exceptionOfACallOut_isRemote() {
        try (Span root = Tracing.span("root")) {
            Tracing.span(CALL).close(new IOException("reset"));
        }

        assertThat(named("db").at("/cause/exceptions/0/remote").asBoolean()).isTrue();
        assertThat(named("db").get("namespace").asText()).isEqualTo("remote");
    }

    @Test
    void tooManyRequests_isErrorAndThrottle() {
        try (Span root = Tracing.span("root")) {
            root.http(Http.response(429)).fail(new IllegalStateException());
        }

        ObjectNode segment = documents(1).get(0);
        assertThat(segment.get("error").asBoolean()).isTrue();
        assertThat(segment.get("throttle").asBoolean()).isTrue();
        assertThat(segment.has("fault")).isFalse();
        assertThat(segment.at("/http/response/content_length").asInt(-1)).isZero();
    }

    @Test
    void addressThatWasForwarded_isMarkedAndAnotherIsNot() {
        Tracing.run(REQUEST, span -> span.http(Http.request("GET", "http://x/").forwardedFor("10.0.0.1")));
        Tracing.run(
                SpanSpec.named("direct"),
                span -> span.http(Http.request("GET", "http://x/").clientIp("10.0.0.2")));

        assertThat(named("cruddur").at("/http/request/x_forwarded_for").asBoolean())
                .isTrue();
        assertThat(named("direct").at("/http/request/x_forwarded_for").isMissingNode())
                .isTrue();
    }

    @Test
    void statement_isInTheExportersShapeButForItsUrl() {
        Sql sql = Sql.on("postgresql", "cruddur")
                .server("postgresql://db:5432")
                .user("app")
                .query("SELECT 1");
        try (Span root = Tracing.span("root")) {
            Tracing.run(CALL, call -> call.sql(sql));
        }

        assertThat(named("cruddur@db").get("sql").toString())
                .isEqualTo(
                        "{\"url\":\"postgresql://db:5432/cruddur\",\"connection_string\":\"postgresql://db:5432/cruddur\","
                                + "\"database_type\":\"postgresql\",\"user\":\"app\",\"sanitized_query\":\"SELECT 1\"}");
    }

    @Test
    void userOfAChild_isOnTheSegment() {
        try (Span root = Tracing.span("root")) {
            Tracing.run("child", child -> child.user("andrew"));
        }

        assertThat(named("root").get("user").asText()).isEqualTo("andrew");
        assertThat(named("child").has("user")).isFalse();
    }

    @Test
    void remoteParent_isTheSegmentsParent() {
        Map<String, String> headers =
                Map.of("X-Amzn-Trace-Id", "Root=1-6b014d1b-ebb10242c0c6c79d2f596a40;Parent=508f96e9935a529a;Sampled=1");
        Tracing.segment("GET /", headers, Map::get).close();

        ObjectNode segment = documents(1).get(0);
        assertThat(segment.get("trace_id").asText()).isEqualTo("1-6b014d1b-ebb10242c0c6c79d2f596a40");
        assertThat(segment.get("parent_id").asText()).isEqualTo("508f96e9935a529a");
        assertThat(segment.has("type")).isFalse();
    }

    @Test
    void whatTheSdkWritesOnOurEntity_isPartOfIt() {
        try (Span root = Tracing.span(REQUEST)) {
            Tracing.run("child", child -> {
                AWSXRay.getCurrentSubsegment().putAnnotation("rows", 3);
                AWSXRay.getCurrentSubsegment().putMetadata("ns", "list", java.util.List.of(1, 2));
                AWSXRay.getCurrentSubsegment().putAws("operation", "GetItem");
                AWSXRay.getCurrentSubsegment().putHttp("response", Map.of("status", 200));
                AWSXRay.getCurrentSubsegment().setNamespace("aws");
                AWSXRay.getCurrentSubsegment().addException(new IOException("disk"));
                AWSXRay.getCurrentSegment().setUser("andrew");
            });
        }

        ObjectNode child = named("child");
        assertThat(child.at("/annotations/rows").asInt()).isEqualTo(3);
        assertThat(child.at("/metadata/ns/list").toString()).isEqualTo("[1,2]");
        assertThat(child.at("/aws/operation").asText()).isEqualTo("GetItem");
        assertThat(child.at("/http/response/status").asInt()).isEqualTo(200);
        assertThat(child.get("namespace").asText()).isEqualTo("aws");
        assertThat(child.get("fault").asBoolean()).isTrue();
        assertThat(child.at("/cause/exceptions/0/message").asText()).isEqualTo("disk");
        assertThat(named("cruddur").get("user").asText()).isEqualTo("andrew");
    }
}
