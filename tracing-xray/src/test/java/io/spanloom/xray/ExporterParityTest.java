package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would differ from the documents that the collector's X-Ray exporter makes of the same spans. */
class ExporterParityTest extends AtTheDaemon {

    private ObjectNode child(SpanSpec spec, Consumer<Span> body) {
        Tracing.run("root", root -> Tracing.run(spec, body::accept));
        return (ObjectNode) documents(1).get(0).at("/subsegments/0");
    }

    @Test
    void exceptionOfANamespace_isRemote() {
        ObjectNode call = child(SpanSpec.named("S3").namespace("aws"), span -> span.fail(new IOException("x")));

        assertThat(call.get("namespace").asText()).isEqualTo("aws");
        assertThat(call.at("/cause/exceptions/0/remote").asBoolean()).isTrue();
    }

    @Test
    void namespaceThatXRayDoesNotKnow_isRemote() {
        assertThat(child(SpanSpec.named("x").namespace("other"), span -> {})
                        .get("namespace")
                        .asText())
                .isEqualTo("remote");
    }

    @Test
    void requestOfANamespace_hasNone() {
        Tracing.run(SpanSpec.named("x").kind(SpanKind.SERVER).namespace("remote"), span -> {});

        assertThat(documents(1).get(0).has("namespace")).isFalse();
    }

    @Test
    void messageOfACause_isOneLine() {
        ObjectNode span = child(
                SpanSpec.named("x"), s -> s.fail(new IOException("two\nlines", new IOException("more\r\nlines"))));

        assertThat(span.at("/cause/exceptions/0/message").asText()).isEqualTo("two\nlines");
        assertThat(span.at("/cause/exceptions/1/message").asText()).isEqualTo("more  lines");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "::1", "2001:db8::7", "::ffff:10.0.0.1"})
    void clientThatIsAnAddress_isKept(String address) {
        ObjectNode span = child(
                SpanSpec.named("x"),
                s -> s.http(Http.request("GET", "http://h/").forwardedFor(address)));

        assertThat(span.at("/http/request/client_ip").asText()).isEqualTo(address);
        assertThat(span.at("/http/request/x_forwarded_for").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unknown", "localhost", "10.0.0.1:80", "10.0.0.256", "01.2.3.4", "fe80::1%eth0", "1::2::3", ":"})
    void clientThatIsNoAddress_isLeftOut(String claim) {
        ObjectNode span = child(
                SpanSpec.named("x"),
                s -> s.http(Http.request("GET", "http://h/").forwardedFor(claim)));

        assertThat(span.at("/http/request/method").asText()).isEqualTo("GET");
        assertThat(span.at("/http/request/client_ip").isMissingNode()).isTrue();
        assertThat(span.at("/http/request/x_forwarded_for").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://db:5432, cruddur@db, postgresql://db:5432/cruddur",
        "jdbc:mysql://db.example.com:3306, cruddur@db.example.com, jdbc:mysql://db.example.com:3306/cruddur",
        "postgresql://my_db:5432, cruddur@my_db, postgresql://my_db:5432/cruddur",
        "mysql://[::1]:3306, cruddur@::1, mysql://[::1]:3306/cruddur",
        "oracle:thin:@h:1521, cruddur, ''",
        "not a url, cruddur, ''",
        ", cruddur, ''",
    })
    void statement_isNamedAfterItsDatabaseWithTheDatabasesUrl(String server, String name, String url) {
        ObjectNode span = child(
                SpanSpec.named("query").kind(SpanKind.CLIENT),
                s -> s.sql(Sql.on("postgresql", "cruddur").server(server)));

        assertThat(span.get("name").asText()).isEqualTo(name);
        assertThat(span.at("/sql/url").asText()).isEqualTo(url);
        assertThat(span.at("/metadata/spanloom/operation").asText()).isEqualTo("query");
    }

    @Test
    void link_isWrittenAndMetadata() {
        ObjectNode span =
                child(SpanSpec.named("x"), s -> s.link("5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8"));

        assertThat(span.get("links").toString())
                .isEqualTo("[{\"trace_id\":\"1-5759e988-bd862e3fe1be46a994272793\",\"id\":\"53995c3f42cd8ad8\"}]");
        assertThat(span.at("/metadata/links/list")).hasSize(1);
    }

    @Test
    void countlessLinks_areAsManyAsMetadataNames() {
        ObjectNode span = child(SpanSpec.named("x"), s -> {
            for (int i = 0; i < 200; i++) {
                s.link("5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8");
            }
        });

        assertThat(span.get("links")).hasSize(128);
        assertThat(span.at("/metadata/links/list")).hasSize(128);
    }

    @Test
    void emptyTextsOfARequest_areLeftOut() {
        ObjectNode span =
                child(SpanSpec.named("x"), s -> s.http(Http.request("GET", "").userAgent("")));

        assertThat(span.at("/http/request").toString()).isEqualTo("{\"method\":\"GET\"}");
    }

    @Test
    void statementOnASegment_isMetadata() {
        Tracing.run("job", span -> span.sql(Sql.on("postgresql", "cruddur")));

        ObjectNode segment = documents(1).get(0);
        assertThat(segment.get("name").asText()).isEqualTo("job");
        assertThat(segment.has("sql")).isFalse();
        assertThat(segment.at("/metadata/sql/database").asText()).isEqualTo("cruddur");
    }

    @Test
    void callThatIsASegmentUnderAParent_isARequest() {
        SpanSpec call = SpanSpec.named("x").kind(SpanKind.CLIENT).placement(SpanSpec.Placement.SEGMENT);
        try (Span root = Tracing.span("root")) {
            Tracing.span(call).close();
        }

        ObjectNode segment = named("cruddur");
        assertThat(segment.get("parent_id")).isEqualTo(named("root").get("id"));
        assertThat(segment.has("namespace")).isFalse();
    }

    @Test
    void halfOfAPairInMetadata_leavesADocumentThatCanBeRead() {
        ObjectNode span = child(SpanSpec.named("x"), s -> s.metadata("n\udc00", "k\ud800", "v\ud800"));

        assertThat(span.at("/metadata").toString()).isEqualTo("{\"n?\":{\"k?\":\"v?\"}}");
    }
}
