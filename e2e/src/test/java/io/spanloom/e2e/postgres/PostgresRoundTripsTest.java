package io.spanloom.e2e.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.spanloom.Outcome;
import io.spanloom.Tracing;
import io.spanloom.sql.SqlKeys;
import io.spanloom.sql.TracingDataSource;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.io.IOException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** By the server's own log: a traced application has it do what an untraced one has, and nothing else. */
class PostgresRoundTripsTest {

    @RegisterExtension
    static final TracingExtension TRACING = TracingExtension.configured(settings -> settings.set(SqlKeys.TEXT, "true"));

    /** All kinds of statements, transactions, a cursor, and a prepared statement often enough to stay on the server. */
    private static void work(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("insert into users values (1, 'a')");
                statement.addBatch("insert into users values (2, 'b')");
                statement.addBatch("update users set name = 'c' where id = 2");
                statement.executeBatch();
            }
            try (PreparedStatement select = connection.prepareStatement("select name from users where id = ?")) {
                for (int i = 0; i < 7; i++) {
                    select.setInt(1, i);
                    select.executeQuery().close();
                }
            }
            try (CallableStatement call = connection.prepareCall("{? = call upper(?)}")) {
                call.registerOutParameter(1, java.sql.Types.VARCHAR);
                call.setString(2, "a");
                call.execute();
            }
            transaction(connection);
        }
    }

    private static void transaction(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into users values (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 10; i < 15; i++) {
                insert.setInt(1, i);
                insert.setString(2, "name " + i);
                insert.addBatch();
            }
            insert.executeBatch();
            insert.getGeneratedKeys().close();
        }
        try (PreparedStatement all = connection.prepareStatement("select * from users")) {
            all.setFetchSize(2);
            try (ResultSet rows = all.executeQuery()) {
                while (rows.next()) {
                    rows.getString(2);
                }
            }
        }
        connection.rollback(connection.setSavepoint());
        connection.commit();
        connection.rollback(); // nothing to roll back: not even sent
        connection.setAutoCommit(true);
    }

    private static List<String> steps(String database, String application, boolean traced)
            throws SQLException, IOException {
        try (HikariDataSource pool = Postgres.pool(database, application, 1)) {
            DataSource source = traced ? TracingDataSource.wrap(pool) : pool;
            Tracing.<SQLException>run("job", job -> work(source));
        }
        return Postgres.steps(database, application);
    }

    @Test
    void tracedWork_isTheServersWorkUntraced(TraceRecorder traces) throws SQLException, IOException {
        String script = "create table users (id int primary key, name text)";
        String name = "round_trips";
        List<String> untraced = steps(Postgres.database(name, script), "plain", false);

        List<String> traced = steps(Postgres.database(name, script), "traced", true);

        assertThat(traced).hasSizeGreaterThan(40).containsExactlyElementsOf(untraced);
        assertThat(traced).contains("execute S_1: select name from users where id = $1"); // prepared on the server
        assertThat(traces.spans())
                .hasSize(2 + 15)
                .allSatisfy(span -> assertThat(span.outcome()).isEqualTo(Outcome.OK));
    }
}
