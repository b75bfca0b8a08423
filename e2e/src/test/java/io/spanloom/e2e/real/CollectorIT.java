package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Http;
import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector in the daemon's place passes on of our documents, and what it changes: docs/parity.md. */
class CollectorIT {

    private Api api;
    private Daemon collector;

    @BeforeEach
    void start() throws Exception {
        api = new Api();
        collector = Daemon.Kind.COLLECTOR.before(api);
    }

    @AfterEach
    void stop() throws Exception {
        if (collector != null) {
            collector.close();
        }
        api.close();
    }

    /** A request that asks a database and fails; its documents as they reach the API, the segment's first. */
    private List<ObjectNode> request() throws Exception {
        return request(
                Sql.on("postgresql", "cruddur").server("postgresql://db:5432").query("select ?"));
    }

    private List<ObjectNode> request(Sql sql) throws Exception {
        String traceId;
        try (Scope tracing = Tracing.override(TracingConfig.builder()
                .alone()
                .service("backend-java")
                .backend("xray")
                .set("tracing.xray.daemon-address", collector.address())
                .build())) {
            Http.Request request = Http.request("GET", "http://cruddur.example/api/activities/home")
                    .userAgent("curl")
                    .clientIp("192.0.2.1");
            try (Span span = Tracing.segment("home", request, Map.<String, String>of(), Map::get)) {
                span.annotation("page", "home").annotation("count", 3).metadata("app", "state", List.of(1, 2));
                Tracing.run("query", query -> query.sql(sql));
                span.http(Http.response(500).contentLength(12)).fail(new IllegalStateException("boom"));
                traceId = span.xrayTraceId();
            }
            assertThat(Tracing.flush(Duration.ofSeconds(20))).isTrue();
        }
        Map<String, ObjectNode> trace = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.trace(traceId), all -> all.size() == 2);
        return trace.values().stream()
                .sorted(Comparator.comparing(document -> document.has("type"))) // a subsegment's has
                .toList();
    }

    @Test
    void names_idsOutcomesAndValuesAreKept() throws Exception {
        ObjectNode segment = request().get(0);

        assertThat(segment.path("name").asText()).isEqualTo("backend-java");
        assertThat(segment.path("fault").asBoolean()).isTrue();
        assertThat(segment.get("annotations").toString()).isEqualTo("{\"count\":3,\"page\":\"home\"}");
        assertThat(segment.at("/metadata/app/state").toString()).isEqualTo("[1,2]");
        assertThat(segment.at("/metadata/spanloom/operation").asText()).isEqualTo("home");
        assertThat(segment.at("/http/request/url").asText()).isEqualTo("http://cruddur.example/api/activities/home");
        assertThat(segment.at("/http/request/client_ip").asText()).isEqualTo("192.0.2.1");
        assertThat(segment.at("/http/response/status").asInt()).isEqualTo(500);
        assertThat(segment.at("/cause/exceptions/0/message").asText()).isEqualTo("boom");
        assertThat(segment.at("/cause/exceptions/0/stack/0/path").asText()).isEqualTo("CollectorIT.java");
    }

    @Test
    void statement_isKeptButForItsUrl() throws Exception {
        List<ObjectNode> documents = request();
        ObjectNode query = documents.get(1);

        assertThat(query.path("name").asText()).isEqualTo("cruddur@db");
        assertThat(query.path("parent_id").asText())
                .isEqualTo(documents.get(0).path("id").asText());
        assertThat(query.at("/metadata/spanloom/operation").asText()).isEqualTo("query");
        assertThat(query.get("sql").toString())
                .isEqualTo("{\"connection_string\":\"postgresql://db:5432/cruddur\",\"url\":\"cruddur@db\","
                        + "\"sanitized_query\":\"select ?\",\"database_type\":\"postgresql\"}");
    }

    /** What docs/parity.md says of it: fails when the collector does better. */
    @Test
    void linesLengthAndRule_areLost() throws Exception {
        ObjectNode segment = request().get(0);

        assertThat(segment.at("/cause/exceptions/0/stack/0/line").asInt()).isZero();
        assertThat(segment.at("/http/response/content_length").asInt()).isZero();
        assertThat(segment.at("/metadata/default/http.response_content_length").asInt())
                .isEqualTo(12);
        assertThat(segment.at("/aws/xray/rule_name").isMissingNode()).isTrue();
    }

    /** Whatever the server is called: the receiver drops a segment for a {@code sql.url} that it cannot read. */
    @ParameterizedTest
    @ValueSource(strings = {"", "not a url", "oracle:thin:@h:1521", "sqlserver://h;databaseName=x", "jdbc:h2:mem:test"})
    void serverWithoutACertainHost_costsNoSegment(String server) throws Exception {
        assertThat(request(Sql.on("postgresql", "cruddur").server(server))).hasSize(2);
    }
}
