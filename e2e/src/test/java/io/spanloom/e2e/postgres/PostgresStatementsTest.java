package io.spanloom.e2e.postgres;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.spanloom.Outcome;
import io.spanloom.SpanConsumer;
import io.spanloom.SpanKind;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.Reporter;
import io.spanloom.sql.TracingDataSource;
import io.spanloom.test.SpanAssert;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/** What is traced of PostgreSQL, pooled by HikariCP, as an application uses it. */
@ExtendWith(TracingExtension.class)
class PostgresStatementsTest {

    private static final String SCRIPT = """
            create table users (id serial primary key, email text unique);
            insert into users (email) values ('andrew@example.com');
            create function total(a int, b int) returns int language sql as 'select a + b';
            create procedure touch(who text) language sql as 'update users set email = email where email = who';
            """;

    private HikariDataSource pool;
    private DataSource database;

    @BeforeEach
    void start() throws SQLException {
        pool = Postgres.pool(Postgres.database("cruddur", SCRIPT), "statements", 2);
        database = TracingDataSource.wrap(pool);
    }

    @AfterEach
    void stop() {
        if (pool != null) {
            pool.close();
        }
    }

    private static SpanAssert job(TraceRecorder traces, int spans, SpanConsumer<SQLException> work)
            throws SQLException {
        Tracing.<SQLException>run("job", work);
        return assertThat(traces.onlyTrace()).hasRoot("job").hasSpans(spans);
    }

    @Test
    void preparedStatement_tellsTheDatabaseAndNoPassword(TraceRecorder traces) throws SQLException {
        job(traces, 2, job -> {
                    try (Connection connection = database.getConnection();
                            PreparedStatement select =
                                    connection.prepareStatement("select email from users where id = ?")) {
                        select.setInt(1, 1);
                        try (ResultSet rows = select.executeQuery()) {
                            assertThat(rows.next()).isTrue();
                            assertThat(rows.getString(1)).isEqualTo("andrew@example.com");
                        }
                    }
                })
                .hasChild("SELECT cruddur")
                .withKind(SpanKind.CLIENT)
                .withMetadata("sql", "preparation", "statement")
                .withMetadata("sql", "database_version", "17.6")
                .withMetadata("sql", "driver_version", org.postgresql.util.DriverInfo.DRIVER_VERSION)
                .withoutError();
        MemorySpan select = traces.spans().get(0);
        assertThat(select.sql())
                .isEqualTo(Sql.on("postgresql", "cruddur")
                        .server("postgresql://127.0.0.1:" + Postgres.port())
                        .user("app"));
        assertThat(traces.toString()).doesNotContain(Postgres.password()).doesNotContain("andrew@example.com");
    }

    @Test
    void returning_isOneSpan(TraceRecorder traces) throws SQLException {
        job(traces, 2, job -> {
                    try (Connection connection = database.getConnection();
                            PreparedStatement insert = connection.prepareStatement(
                                    "insert into users (email) values (?)", Statement.RETURN_GENERATED_KEYS)) {
                        insert.setString(1, "worf@example.com");
                        assertThat(insert.executeUpdate()).isEqualTo(1);
                        try (ResultSet keys = insert.getGeneratedKeys()) {
                            assertThat(keys.next()).isTrue();
                            assertThat(keys.getInt("id")).isEqualTo(2);
                        }
                    }
                })
                .hasChild("INSERT cruddur");
    }

    @Test
    void batch_isOneSpanWithItsSize(TraceRecorder traces) throws SQLException {
        job(traces, 2, job -> {
                    try (Connection connection = database.getConnection();
                            PreparedStatement insert =
                                    connection.prepareStatement("insert into users (email) values (?)")) {
                        for (int i = 0; i < 5; i++) {
                            insert.setString(1, "user" + i + "@example.com");
                            insert.addBatch();
                        }
                        assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1);
                    }
                })
                .hasChild("BATCH INSERT cruddur")
                .withMetadata("sql", "batch_size", 5)
                .withoutError();
    }

    @Test
    void functionsAndProcedures_areCalls(TraceRecorder traces) throws SQLException {
        job(traces, 3, job -> {
            try (Connection connection = database.getConnection();
                    CallableStatement function = connection.prepareCall("{? = call total(?, ?)}");
                    CallableStatement procedure = connection.prepareCall("call touch(?)")) {
                function.registerOutParameter(1, Types.INTEGER);
                function.setInt(2, 40);
                function.setInt(3, 2);
                function.execute();
                assertThat(function.getInt(1)).isEqualTo(42);
                procedure.setString(1, "andrew@example.com");
                procedure.execute();
            }
        });
        assertThat(traces.spans().subList(0, 2))
                .allSatisfy(span -> assertThat(span.name()).isEqualTo("CALL cruddur"))
                .allSatisfy(span -> assertThat(span.metadata().get("sql")).containsEntry("preparation", "\"call\""));
    }

    @Test
    void transaction_showsItsStatementsAndItsEnd(TraceRecorder traces) throws SQLException {
        job(traces, 5, job -> {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.executeUpdate("insert into users (email) values ('a')");
                connection.commit();
                statement.executeUpdate("delete from users");
                connection.rollback();
            }
        });
        assertThat(traces.spans())
                .extracting(span -> span.name())
                .containsExactly("INSERT cruddur", "COMMIT cruddur", "DELETE cruddur", "ROLLBACK cruddur", "job");
    }

    /** A constraint that is looked at when the transaction ends fails the commit, and nothing before. */
    @Test
    void deferredConstraint_isAFaultOfTheCommit(TraceRecorder traces) throws SQLException {
        SpanAssert job = job(traces, 4, j -> {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("create temp table once (id int unique deferrable initially deferred)");
                statement.execute("insert into once values (1), (1)");
                assertThatThrownBy(connection::commit).isInstanceOf(PSQLException.class);
            }
        });
        job.hasChild("INSERT cruddur").withoutError();
        job.hasChild("COMMIT cruddur").withFault().withMetadata("sql", "state", "23505");
    }

    @Test
    void uniqueViolation_isAFaultWithItsState(TraceRecorder traces) throws SQLException {
        job(
                        traces,
                        2,
                        job -> assertThatThrownBy(
                                        () -> execute("insert into users (email) values ('andrew@example.com')"))
                                .isInstanceOfSatisfying(
                                        PSQLException.class,
                                        refused -> assertThat(refused.getSQLState())
                                                .isEqualTo("23505")))
                .hasChild("INSERT cruddur")
                .withFault()
                .withException(PSQLException.class)
                .withMetadata("sql", "state", "23505");
    }

    @Test
    void batchThatFails_isAFaultWithItsState(TraceRecorder traces) throws SQLException {
        job(traces, 2, job -> {
                    try (Connection connection = database.getConnection();
                            PreparedStatement insert =
                                    connection.prepareStatement("insert into users (email) values (?)")) {
                        insert.setString(1, "new@example.com");
                        insert.addBatch();
                        insert.setString(1, "andrew@example.com");
                        insert.addBatch();
                        assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class);
                    }
                })
                .hasChild("BATCH INSERT cruddur")
                .withFault()
                .withMetadata("sql", "state", "23505");
    }

    /** The driver puts values into its messages, unless it is told not to: docs/sql.md. */
    @Test
    void valuesInTheDriversMessages_areTheUrlsToLeaveOut(TraceRecorder traces) throws SQLException {
        pool.close();
        pool = Postgres.pool("cruddur", "quiet&logServerErrorDetail=false", 1);
        database = TracingDataSource.wrap(pool);

        job(traces, 3, job -> {
            assertThatThrownBy(() -> execute("insert into users (email) values ('andrew@example.com')"));
            try (Connection connection = database.getConnection();
                    PreparedStatement insert = connection.prepareStatement("insert into users (email) values (?)")) {
                insert.setString(1, "andrew@example.com");
                insert.addBatch();
                assertThatThrownBy(insert::executeBatch);
            }
        });
        assertThat(traces.toString()).contains("unique constraint").doesNotContain("andrew@example.com");
    }

    /** The server lets an application go: what comes then is told of the same database, and as the fault that it is. */
    @Test
    void connectionThatIsGone_isAFault(TraceRecorder traces) throws SQLException {
        job(traces, 5, job -> {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'statements'"
                        + " and pid <> pg_backend_pid()");
                assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> statement.execute("select 2")).isInstanceOf(SQLException.class);
                assertThatThrownBy(connection::rollback).isInstanceOf(SQLException.class);
            }
        });
        assertThat(traces.spans().subList(1, 4))
                .allSatisfy(span -> assertThat(span.outcome()).isEqualTo(Outcome.FAULT))
                .extracting(span -> span.name())
                .containsExactly("SELECT cruddur", "SELECT cruddur", "ROLLBACK cruddur");
        assertThat(state(traces.spans().get(1)))
                .matches("\"(57P01|08006)\""); // the server's farewell, or the network's
        assertThat(state(traces.spans().get(2))).isEqualTo("\"08003\""); // the driver's
        assertThat(state(traces.spans().get(3))).isNull(); // the pool has none
        assertThat(Reporter.messages()).extracting(Reporter.Message::code).doesNotContain("TRC-260");
    }

    private static String state(MemorySpan span) {
        return span.metadata().get("sql").get("state");
    }

    @Test
    void listen_isAStatementAndItsNotificationsArrive(TraceRecorder traces) throws SQLException {
        job(traces, 3, job -> {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen crud");
                execute("notify crud, 'hello'");
                assertThat(connection.unwrap(PGConnection.class).getNotifications(10_000))
                        .singleElement()
                        .satisfies(notification ->
                                assertThat(notification.getParameter()).isEqualTo("hello"));
            }
        });
        assertThat(traces.spans())
                .extracting(span -> span.name())
                .containsExactly("LISTEN cruddur", "NOTIFY cruddur", "job");
    }

    /** It is no statement of JDBC: docs/sql.md shows the span to put around it. */
    @Test
    void copy_worksAndIsNoStatement(TraceRecorder traces) throws SQLException {
        job(traces, 1, job -> {
            try (Connection connection = database.getConnection()) {
                long rows = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy users (email) from stdin", new StringReader("a\nb\nc\n"));
                assertThat(rows).isEqualTo(3);
            } catch (java.io.IOException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
    }

    /** What the pool itself does is nobody's: connecting, testing, and what it resets when a connection comes back. */
    @Test
    void poolsOwnWork_isNoSpan(TraceRecorder traces) throws SQLException {
        job(traces, 2, job -> {
            try (Connection connection = database.getConnection()) {
                assertThat(connection.isValid(10)).isTrue();
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("delete from users");
                }
            } // rolled back by the pool
        });
        assertThat(traces.spans()).extracting(span -> span.name()).isEqualTo(List.of("DELETE cruddur", "job"));
    }

    private void execute(String text) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
