package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.e2e.postgres.Postgres;
import io.spanloom.sql.TracingDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements on a real PostgreSQL: what X-Ray's block and OpenTelemetry's attributes tell, and that they agree. */
@Timeout(300)
class PostgresParityTest {

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

    private final XRayPort xray = new XRayPort();
    private final OtlpPort otlp = new OtlpPort();
    private final List<JsonNode> ofXRay = new ArrayList<>();
    private final List<JsonNode> ofOtel = new ArrayList<>();
    private final Map<String, Map<String, String>> attributes = new TreeMap<>();

    PostgresParityTest() throws IOException {}

    @AfterEach
    void stop() {
        Tracing.shutdown();
        System.clearProperty(ENDPOINT);
        xray.close();
        otlp.close();
    }

    private void statements() throws SQLException {
        String name = Postgres.database("parity", "create table users (email text unique)");
        System.setProperty(ENDPOINT, otlp.endpoint());
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("backend-java")
                .backend("xray,otel")
                .set("tracing.sql.text", "true")
                .set("tracing.xray.daemon-address", xray.address())
                .set("tracing.otel.sdk", "own")
                .build());
        try (HikariDataSource pool = Postgres.pool(name, "parity", 1)) {
            Tracing.<SQLException>run("job", job -> {
                try (Connection connection = TracingDataSource.wrap(pool).getConnection();
                        PreparedStatement insert =
                                connection.prepareStatement("insert into users values ('secret'::text || ?)")) {
                    connection.setAutoCommit(false);
                    insert.setString(1, "a");
                    insert.executeUpdate();
                    connection.commit();
                    insert.executeUpdate();
                } catch (SQLException notUnique) {
                    // a fault
                }
            });
        }
        assertThat(Tracing.flush(Duration.ofSeconds(30))).isTrue();
    }

    private void receive() throws IOException {
        ofXRay.addAll(xray.take());
        for (byte[] body : otlp.take()) {
            ofOtel.addAll(ToXRay.rules().documents(body));
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .forEach(this::keep);
        }
    }

    private void keep(Span span) {
        Map<String, String> own = new TreeMap<>();
        for (KeyValue attribute : span.getAttributesList()) {
            own.put(attribute.getKey(), attribute.getValue().getStringValue());
        }
        attributes.putIfAbsent(span.getName(), own);
    }

    private static ObjectNode document(Map<String, ObjectNode> documents, String operation, boolean fault) {
        return documents.values().stream()
                .filter(one -> one.at("/metadata/spanloom/operation").asText().equals(operation))
                .filter(one -> one.path("fault").asBoolean() == fault)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void statementsOfPostgres_areTheSameByEitherBackend() throws Exception {
        statements();
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> {
            receive();
            return Canonical.of(ofXRay).size() >= 4 && Canonical.of(ofOtel).size() >= 4;
        });

        Map<String, ObjectNode> documents = Canonical.of(ofXRay);
        assertThat(Differences.of("X-Ray", documents, "OpenTelemetry", Canonical.of(ofOtel)))
                .isEmpty();
        String server = "postgresql://127.0.0.1:" + Postgres.port();
        ObjectNode insert = document(documents, "INSERT parity", false);
        assertThat(insert.path("name").asText()).isEqualTo("parity@127.0.0.1");
        assertThat(insert.path("namespace").asText()).isEqualTo("remote");
        assertThat(insert.path("sql"))
                .isEqualTo(XRayPort.JSON
                        .createObjectNode()
                        .put("connection_string", server + "/parity")
                        .put("database_type", "postgresql")
                        .put("user", "app")
                        .put("sanitized_query", "insert into users values (?::text || ?)"));
        assertThat(insert.at("/metadata/sql"))
                .isEqualTo(XRayPort.JSON
                        .createObjectNode()
                        .put("preparation", "statement")
                        .put("database_version", "17.6")
                        .put("driver_version", org.postgresql.util.DriverInfo.DRIVER_VERSION));
        assertThat(document(documents, "INSERT parity", true)
                        .at("/metadata/sql/state")
                        .asText())
                .isEqualTo("23505");
        assertThat(document(documents, "COMMIT parity", false).at("/sql/user").asText())
                .isEqualTo("app");
        assertThat(attributes.get("INSERT parity"))
                .containsEntry("db.system", "postgresql")
                .containsEntry("db.name", "parity")
                .containsEntry("db.user", "app")
                .containsEntry("db.connection_string", server)
                .containsEntry("db.statement", "insert into users values (?::text || ?)");
        assertThat(ofXRay.toString() + attributes)
                .doesNotContain(Postgres.password())
                .doesNotContain("'secret'");
    }
}
