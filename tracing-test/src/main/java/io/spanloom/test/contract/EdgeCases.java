package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import org.junit.jupiter.api.Test;

/** Requests in, calls out, statements, users. */
abstract class EdgeCases extends ContractCases {

    private static final SpanSpec REQUEST =
            SpanSpec.named("GET /home").kind(SpanKind.SERVER).placement(SpanSpec.Placement.SEGMENT);
    private static final SpanSpec CALL = SpanSpec.named("call").kind(SpanKind.CLIENT);

    EdgeCases(BackendContract contract) {
        super(contract);
    }

    @Test
    void request_keepsMethodUrlAndPeer() {
        Tracing.run(
                REQUEST,
                span -> span.http(Http.request("GET", "http://localhost/home?page=2")
                        .userAgent("curl/8")
                        .clientIp("10.0.0.7")));

        assertThat(spans(1).only().http())
                .containsEntry("method", "GET")
                .containsEntry("url", "http://localhost/home?page=2")
                .containsEntry("user_agent", "curl/8")
                .containsEntry("client_ip", "10.0.0.7");
    }

    @Test
    void response_keepsStatusAndLength() {
        Tracing.run(
                REQUEST,
                span -> span.http(Http.request("GET", "http://localhost/home"))
                        .http(Http.response(200).contentLength(512)));

        assertThat(spans(1).only().http())
                .containsEntry("status", 200L)
                .containsEntry("content_length", 512L)
                .containsEntry("method", "GET");
    }

    @Test
    void operationThatIsKnownLater_isTheRequestsName() {
        try (Span span = Tracing.span(REQUEST)) {
            span.operation("GET /home/:page");
            assertThat(span.name()).isEqualTo("GET /home/:page");
            assertThat(Tracing.current().name()).isEqualTo("GET /home/:page");
        }

        assertThat(spans(1).only().name()).isEqualTo("GET /home/:page");
    }

    @Test
    void operationOfWhatIsNoRequest_changesNothing() {
        Tracing.run("root", root -> Tracing.run(CALL, call -> call.operation("else")));

        assertThat(spans(2).named("call").parentSpanId()).isNotNull();
    }

    @Test
    void callOut_keepsRequestAndResponse() {
        Tracing.run(
                "root",
                root -> Tracing.run(
                        CALL,
                        call -> call.http(Http.request("POST", "https://api.acme.io/v1"))
                                .http(Http.response(201))));

        assertThat(spans(2).named("call").http())
                .containsEntry("method", "POST")
                .containsEntry("url", "https://api.acme.io/v1")
                .containsEntry("status", 201L);
    }

    @Test
    void spanWithoutHttp_hasNone() {
        Tracing.run("root", root -> {});

        assertThat(spans(1).only().http()).isEmpty();
    }

    @Test
    void statement_keepsSystemAndQuery() {
        Sql sql = Sql.on("postgresql", "cruddur")
                .server("postgresql://db:5432")
                .user("app")
                .query("SELECT handle FROM users WHERE uuid = ?");
        Tracing.run("root", root -> Tracing.run(CALL, call -> call.sql(sql)));

        assertThat(spans(2).named("call").sql())
                .containsEntry("system", "postgresql")
                .containsEntry("query", "SELECT handle FROM users WHERE uuid = ?");
    }

    @Test
    void user_isKeptOnTheSegment() {
        Tracing.run("root", root -> Tracing.run("child", child -> child.user("andrewbrown")));

        ObservedSpans spans = spans(2);
        assertThat(spans.named("root").user()).isEqualTo("andrewbrown");
        assertThat(spans.named("child").user()).isNull();
    }
}
