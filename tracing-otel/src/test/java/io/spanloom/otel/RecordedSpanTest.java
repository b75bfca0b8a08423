package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.spi.Reporter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordedSpanTest {

    @RegisterExtension
    final AttachedFixture otel = new AttachedFixture();

    private SpanData recorded(SpanSpec spec, Consumer<Span> body) {
        Span span = otel.backend.start(spec, null);
        body.accept(span);
        span.close();
        return otel.ended(spec.name());
    }

    /** Under a parent, so that nothing is written but what the body says. */
    private SpanData child(SpanSpec spec, Consumer<Span> body) {
        try (Span parent = otel.backend.start(SpanSpec.named("parent"), null)) {
            return recorded(spec, body);
        }
    }

    private SpanData child(Consumer<Span> body) {
        return child(SpanSpec.named("child"), body);
    }

    private static Map<String, Object> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
    }

    @Test
    void annotations_areTypedAttributesThatAreNamedAsAnnotations() {
        SpanData span = child(s -> s.annotation("text", "a")
                .annotation("whole", 7L)
                .annotation("part", 0.5)
                .annotation("truth", true)
                .annotation("text", "b"));

        assertThat(attributes(span))
                .containsOnly(
                        Map.entry("text", "b"),
                        Map.entry("whole", 7L),
                        Map.entry("part", 0.5),
                        Map.entry("truth", true),
                        Map.entry("aws.xray.annotations", List.of("text", "whole", "part", "truth")));
    }

    @Test
    void moreValuesThanAreKept_areCounted() {
        SpanData span = child(s -> {
            for (int i = 0; i < Notes.VALUES + 5; i++) {
                s.metadata("n", "k" + i, i);
            }
        });

        assertThat(attributes(span)).containsEntry("aws.xray.metadata.spanloom", "{\"left_out\":5}");
    }

    /** What the other backends of a fan-out take over from the span that leads. */
    @Test
    void start_isToldAsItIsExported() {
        OtelSpan parent = (OtelSpan) otel.backend.start(SpanSpec.named("parent"), null);
        OtelSpan child = (OtelSpan) otel.backend.start(SpanSpec.named("child"), null);
        child.close();
        parent.close();

        assertThat(otel.ended("parent").getStartEpochNanos()).isEqualTo(parent.startEpochNanos());
        assertThat(otel.ended("child").getStartEpochNanos()).isEqualTo(child.startEpochNanos());
    }

    @Test
    void metadataThatHasNoRoom_isLeftOutAndSaid() {
        long before = said("TRC-153");
        SpanData span = child(s -> {
            for (int i = 0; i < 20; i++) {
                s.metadata("n", "k" + i, "x".repeat(4_000));
            }
        });

        assertThat(attributes(span)).containsOnly(Map.entry("aws.xray.metadata.spanloom", "{\"shed\":\"metadata\"}"));
        assertThat(said("TRC-153")).isEqualTo(before + 1);
    }

    @Test
    void metadataThatHasRoom_isNoMessage() {
        long before = said("TRC-153");
        SpanData span = child(s -> s.metadata("n", "k", "x".repeat(4_000)));

        assertThat(attributes(span)).containsOnlyKeys("aws.xray.metadata.n");
        assertThat(said("TRC-153")).isEqualTo(before);
    }

    private static long said(String code) {
        return Reporter.messages().stream()
                .filter(message -> message.code().equals(code))
                .mapToLong(Reporter.Message::times)
                .sum();
    }

    @Test
    void metadata_isOneJsonObjectPerNamespaceInWhichTheLastValueStays() {
        SpanData span = child(s -> s.metadata("work/results", "count", 1)
                .metadata("work/results", "count", 2)
                .metadata("work/results", "names", List.of("a"))
                .metadata("plain", "text"));

        assertThat(attributes(span))
                .containsOnly(
                        Map.entry("aws.xray.metadata.work/results", "{\"count\":2,\"names\":[\"a\"]}"),
                        Map.entry("aws.xray.metadata.default", "{\"plain\":\"text\"}"));
    }

    @Test
    void request_fromThePeer_tellsThePeerAddressOnly() {
        SpanData span = child(s ->
                s.http(Http.request("GET", "http://h/p").userAgent("curl/8").clientIp("10.0.0.1")));

        assertThat(attributes(span))
                .containsOnly(
                        Map.entry("http.request.method", "GET"),
                        Map.entry("url.full", "http://h/p"),
                        Map.entry("user_agent.original", "curl/8"),
                        Map.entry("network.peer.address", "10.0.0.1"));
    }

    @Test
    void request_thatWasForwarded_tellsTheClientAddressOnly() {
        SpanData span = child(s -> s.http(Http.request("GET", "http://h/p").forwardedFor("10.0.0.1")));

        assertThat(attributes(span))
                .containsEntry("client.address", "10.0.0.1")
                .doesNotContainKey("network.peer.address");
    }

    @Test
    void response_ofKnownLength_isAStatusAndAMessageEvent() {
        SpanData span = child(s -> s.http(Http.response(200).contentLength(512)));

        assertThat(attributes(span)).containsOnly(Map.entry("http.response.status_code", 200L));
        assertThat(span.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("message");
            assertThat(event.getAttributes())
                    .isEqualTo(Attributes.of(
                            AttributeKey.stringKey("message.type"),
                            "RECEIVED",
                            AttributeKey.longKey("messaging.message_payload_size_bytes"),
                            512L));
        });
    }

    @Test
    void response_ofUnknownLength_hasNoEvent() {
        assertThat(child(s -> s.http(Http.response(204))).getEvents()).isEmpty();
    }

    @Test
    void response_ofTheClientsError_leavesTheStatusUnset() {
        assertThat(child(s -> s.http(Http.response(404))).getStatus()).isEqualTo(StatusData.unset());
    }

    @Test
    void fault_isStatusErrorWithoutDescription() {
        SpanData span = child(s -> s.http(Http.response(500)));

        assertThat(span.getStatus()).isEqualTo(StatusData.create(StatusCode.ERROR, ""));
    }

    @Test
    void sql_isWrittenUnderTheNamesThatTheExporterReads() {
        SpanData span = child(s -> s.sql(Sql.on("postgresql", "cruddur")
                .server("postgresql://db:5432")
                .user("app")
                .query("select 1")));

        assertThat(attributes(span))
                .containsOnly(
                        Map.entry("db.system", "postgresql"),
                        Map.entry("db.name", "cruddur"),
                        Map.entry("db.connection_string", "postgresql://db:5432"),
                        Map.entry("db.user", "app"),
                        Map.entry("db.statement", "select 1"),
                        Map.entry("aws.xray.metadata.spanloom", "{\"operation\":\"child\"}"));
    }

    @Test
    void sql_ofASystemThatXRayDoesNotKnow_isMetadata() {
        SpanData span = child(s -> s.sql(Sql.on("h2", "mem")));

        assertThat(attributes(span))
                .containsOnly(Map.entry("aws.xray.metadata.sql", "{\"database_type\":\"h2\",\"database\":\"mem\"}"));
    }

    @Test
    void user_isWrittenToTheRoot() {
        child(s -> s.user("andrew"));

        assertThat(attributes(otel.ended("parent"))).containsEntry("enduser.id", "andrew");
        assertThat(attributes(otel.ended("child"))).isEmpty();
    }

    @Test
    void exception_isAnEventWithTheWholeChainAndAFault() {
        SpanData span = child(s -> s.fail(new IllegalStateException("outer", new RuntimeException("two\nlines"))));

        assertThat(span.getStatus()).isEqualTo(StatusData.create(StatusCode.ERROR, ""));
        EventData event = span.getEvents().get(0);
        assertThat(event.getName()).isEqualTo("exception");
        assertThat(event.getAttributes().get(AttributeKey.stringKey("exception.type")))
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(event.getAttributes().get(AttributeKey.stringKey("exception.message")))
                .isEqualTo("outer");
        assertThat(event.getAttributes().get(AttributeKey.stringKey("exception.stacktrace")))
                .startsWith("java.lang.IllegalStateException: outer\n\tat ")
                .contains("Caused by: java.lang.RuntimeException: two lines\n\tat ")
                .doesNotContain(" more");
    }

    @Test
    void expectedException_isAnEventAndNoFault() {
        SpanData span = child(s -> s.expected(new IllegalStateException("declined")));

        assertThat(span.getStatus()).isEqualTo(StatusData.unset());
        assertThat(span.getEvents()).hasSize(1);
    }

    @Test
    void event_isARealEventAndMetadata() {
        SpanData span = child(s -> s.event("cache", Map.of("hit", true)));

        assertThat(span.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("cache");
            assertThat(event.getAttributes()).isEqualTo(Attributes.of(AttributeKey.booleanKey("hit"), true));
        });
        assertThat(attributes(span).get("aws.xray.metadata.events")).asString().contains("\"name\":\"cache\"");
    }

    @Test
    void event_calledException_doesNotBecomeOne() {
        SpanData span = child(s -> s.event("exception"));

        assertThat(span.getEvents()).extracting(EventData::getName).containsExactly("exception_event");
    }

    @Test
    void link_isARealLinkAndMetadata() {
        String trace = "5759e988bd862e3fe1be46a994272793";
        SpanData span = child(s -> s.link(trace, "53995c3f42cd8ad8"));

        assertThat(span.getLinks()).singleElement().satisfies(link -> {
            assertThat(link.getSpanContext().getTraceId()).isEqualTo(trace);
            assertThat(link.getSpanContext().getSpanId()).isEqualTo("53995c3f42cd8ad8");
        });
        assertThat(attributes(span)).containsKey("aws.xray.metadata.links");
    }

    @Test
    void awsCall_isAClientOfTheAwsApi() {
        SpanData span = child(SpanSpec.named("DynamoDB").namespace("aws"), s -> {});

        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(attributes(span)).containsOnly(Map.entry("rpc.system", "aws-api"));
    }

    @Test
    void kinds_areOpenTelemetrysOwn() {
        for (io.spanloom.SpanKind kind : io.spanloom.SpanKind.values()) {
            assertThat(child(SpanSpec.named(kind.name()).kind(kind), s -> {})
                            .getKind()
                            .name())
                    .isEqualTo(kind.name());
        }
    }

    @Test
    void request_carriesItsOperationAsMetadata() {
        SpanData span = recorded(SpanSpec.named("GET /home").kind(io.spanloom.SpanKind.SERVER), s -> {});

        assertThat(attributes(span))
                .containsOnly(Map.entry("aws.xray.metadata.spanloom", "{\"operation\":\"GET /home\"}"));
    }

    @Test
    void job_carriesItsServiceAsMetadata() {
        SpanData span = recorded(SpanSpec.named("nightly"), s -> {});

        assertThat(attributes(span))
                .containsOnly(Map.entry("aws.xray.metadata.spanloom", "{\"service\":\"backend-java\"}"));
    }

    @Test
    void child_carriesNeither() {
        assertThat(attributes(child(s -> {}))).isEmpty();
    }

    @Test
    void times_areWithinTheParents() {
        child(s -> {});
        SpanData parent = otel.ended("parent");
        SpanData child = otel.ended("child");

        assertThat(child.getStartEpochNanos())
                .isGreaterThanOrEqualTo(parent.getStartEpochNanos())
                .isLessThanOrEqualTo(child.getEndEpochNanos());
        assertThat(child.getEndEpochNanos()).isLessThanOrEqualTo(parent.getEndEpochNanos());
    }

    @Test
    void afterTheEnd_nothingIsRecorded() {
        Span span = otel.backend.start(SpanSpec.named("short").kind(io.spanloom.SpanKind.SERVER), null);
        span.close();
        span.annotation("late", "x").close();

        assertThat(otel.exporter.getFinishedSpanItems()).hasSize(1);
        assertThat(attributes(otel.ended("short"))).doesNotContainKey("late");
    }

    @Test
    void annotationOfAnotherType_replacesTheFirst() {
        SpanData span = child(s -> s.annotation("k", 1L).annotation("k", "text"));

        assertThat(span.getAttributes().asMap())
                .hasSize(2)
                .containsEntry(AttributeKey.stringKey("k"), "text")
                .containsEntry(AttributeKey.stringArrayKey("aws.xray.annotations"), List.of("k"));
    }

    @Test
    void secondRequest_leavesNothingOfTheFirst() {
        SpanData span = child(s -> s.http(
                        Http.request("GET", "http://h/1").userAgent("curl/8").clientIp("10.0.0.1"))
                .http(Http.request("PUT", "http://h/2").forwardedFor("10.0.0.2"))
                .http(Http.response(500).contentLength(5))
                .http(Http.response(200)));

        assertThat(attributes(span))
                .containsOnly(
                        Map.entry("http.request.method", "PUT"),
                        Map.entry("url.full", "http://h/2"),
                        Map.entry("client.address", "10.0.0.2"),
                        Map.entry("http.response.status_code", 200L));
        assertThat(span.getEvents()).isEmpty();
    }

    @Test
    void statementOnASegment_isMetadata() {
        SpanData root = recorded(SpanSpec.named("job"), s -> s.sql(Sql.on("postgresql", "cruddur")));

        assertThat(attributes(root))
                .doesNotContainKey("db.name")
                .containsEntry("aws.xray.metadata.sql", "{\"database_type\":\"postgresql\",\"database\":\"cruddur\"}");
    }

    @Test
    void event_calledAsTheAwsSdksFailure_doesNotBecomeAnException() {
        SpanData span = child(SpanSpec.named("S3").namespace("aws"), s -> s.event("HTTP request failure"));

        assertThat(span.getEvents()).extracting(EventData::getName).containsExactly("HTTP request failure_event");
    }

    @Test
    void metadataNamedAsOurs_doesNotReplaceIt() {
        SpanData span = recorded(SpanSpec.named("nightly"), s -> s.metadata("spanloom", "service", "mine"));

        assertThat(attributes(span)).containsEntry("aws.xray.metadata.spanloom", "{\"service\":\"backend-java\"}");
    }

    @Test
    void moreExceptionsThanAreKept_areCounted() {
        SpanData span = child(SpanSpec.named("child").stackTrace(0), s -> {
            for (int i = 0; i < Notes.EXCEPTIONS + 3; i++) {
                s.expected(new IllegalStateException());
            }
        });

        assertThat(span.getEvents()).hasSize(Notes.EXCEPTIONS);
        assertThat(attributes(span)).containsEntry("aws.xray.metadata.spanloom", "{\"left_out\":3}");
    }
}
