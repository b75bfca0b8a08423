package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.sql.TracingDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements by {@code tracing-sql}: the same documents in X-Ray by either backend. */
@Timeout(60)
class SqlParityTest {

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

    private final XRayPort xray = new XRayPort();
    private final OtlpPort otlp = new OtlpPort();

    SqlParityTest() throws IOException {}

    @AfterEach
    void stop() {
        Tracing.shutdown();
        System.clearProperty(ENDPOINT);
        xray.close();
        otlp.close();
    }

    private static DataSource database() {
        JdbcDataSource plain = new JdbcDataSource();
        plain.setURL("jdbc:h2:mem:");
        return TracingDataSource.wrap(
                plain,
                Sql.on("postgresql", "cruddur").server("postgresql://db:5432").user("app"));
    }

    private void statements() throws SQLException {
        System.setProperty(ENDPOINT, otlp.endpoint());
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("backend-java")
                .backend("xray,otel")
                .set("tracing.sql.text", "true")
                .set("tracing.xray.daemon-address", xray.address())
                .set("tracing.otel.sdk", "own")
                .build());
        Tracing.<SQLException>run("job", job -> {
            try (Connection connection = database().getConnection();
                    PreparedStatement select = connection.prepareStatement("select 'secret', ?")) {
                select.setInt(1, 1);
                select.executeQuery();
                connection.commit();
                connection.createStatement().execute("select * from nowhere");
            } catch (SQLException noSuchTable) {
                // a fault
            }
        });
        assertThat(Tracing.flush(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void statements_areTheSameByEitherBackend() throws Exception {
        statements();
        List<JsonNode> ofXRay = new ArrayList<>();
        List<JsonNode> ofOtel = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> {
            ofXRay.addAll(xray.take());
            for (byte[] body : otlp.take()) {
                ofOtel.addAll(ToXRay.rules().documents(body));
            }
            return Canonical.of(ofXRay).size() >= 4 && Canonical.of(ofOtel).size() >= 4;
        });

        Map<String, ObjectNode> documents = Canonical.of(ofXRay);
        assertThat(Differences.of("X-Ray", documents, "OpenTelemetry", Canonical.of(ofOtel)))
                .isEmpty();
        ObjectNode select = documents.values().stream()
                .filter(document ->
                        document.at("/metadata/spanloom/operation").asText().equals("SELECT cruddur"))
                .filter(document -> !document.path("fault").asBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(select.path("name").asText()).isEqualTo("cruddur@db");
        assertThat(select.path("namespace").asText()).isEqualTo("remote");
        assertThat(select.at("/sql/sanitized_query").asText()).isEqualTo("select ?, ?");
        assertThat(select.at("/sql/user").asText()).isEqualTo("app");
        assertThat(select.at("/metadata/sql/preparation").asText()).isEqualTo("statement");
    }
}
