package io.spanloom.sql;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.spanloom.Outcome;
import io.spanloom.SpanConsumer;
import io.spanloom.SpanKind;
import io.spanloom.Sql;
import io.spanloom.Tracing;
import io.spanloom.spi.Reporter;
import io.spanloom.test.SpanAssert;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** With H2: what is traced, and that results are the database's own. */
@ExtendWith(TracingExtension.class)
class TracingDataSourceTest {

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + "/cruddur;DB_CLOSE_DELAY=-1", "app", "");
    private final DataSource database = TracingDataSource.wrap(pool);

    @BeforeEach
    void fill() throws SQLException {
        execute(pool, "create table activities (id int primary key, handle varchar)");
    }

    @AfterEach
    void close() throws SQLException {
        execute(pool, "shutdown");
        pool.dispose();
    }

    private static void execute(DataSource on, String text) throws SQLException {
        try (Connection connection = on.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private SpanAssert job(TraceRecorder traces, int spans, SpanConsumer<SQLException> work) throws SQLException {
        Tracing.<SQLException>run("job", work);
        return assertThat(traces.onlyTrace()).hasRoot("job").hasSpans(spans);
    }

    @Test
    void preparedStatement_isASpanNamedAfterWhatItDoes(TraceRecorder traces) throws SQLException {
        execute(pool, "insert into activities values (1, 'andrewbrown')");

        job(traces, 2, job -> {
                    try (Connection connection = database.getConnection();
                            PreparedStatement select =
                                    connection.prepareStatement("select handle from activities where id = ?")) {
                        select.setInt(1, 1);
                        try (ResultSet rows = select.executeQuery()) {
                            assertThat(rows.next()).isTrue();
                            assertThat(rows.getString(1)).isEqualTo("andrewbrown");
                        }
                    }
                })
                .hasChild("SELECT cruddur")
                .withKind(SpanKind.CLIENT)
                .withMetadata("sql", "preparation", "statement")
                .withoutError();
        assertThat(sql(traces, "SELECT cruddur"))
                .isEqualTo(Sql.on("other_sql", "cruddur")); // no text, unless it is asked for
    }

    private static @Nullable Sql sql(TraceRecorder traces, String name) {
        return traces.spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow()
                .sql();
    }

    @Test
    void batch_isOneSpanWithItsSize(TraceRecorder traces) throws SQLException {
        job(traces, 2, job -> {
                    try (Connection connection = database.getConnection();
                            PreparedStatement insert =
                                    connection.prepareStatement("insert into activities values (?, ?)")) {
                        for (int i = 0; i < 3; i++) {
                            insert.setInt(1, i);
                            insert.setString(2, "handle " + i);
                            insert.addBatch();
                        }
                        assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
                    }
                })
                .hasChild("BATCH INSERT cruddur")
                .withMetadata("sql", "batch_size", 3);
    }

    @Test
    void batchOfPlainStatements_isOneSpanToo(TraceRecorder traces) throws SQLException {
        job(traces, 2, job -> {
                    try (Connection connection = database.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.addBatch("insert into activities values (1, 'a')");
                        statement.addBatch("delete from activities");
                        statement.executeBatch();
                    }
                })
                .hasChild("BATCH INSERT cruddur")
                .withMetadata("sql", "batch_size", 2);
    }

    @Test
    void callableStatement_isACall(TraceRecorder traces) throws SQLException {
        job(traces, 2, job -> {
                    try (Connection connection = database.getConnection();
                            CallableStatement call = connection.prepareCall("{? = call length(?)}")) {
                        call.registerOutParameter(1, java.sql.Types.INTEGER);
                        call.setString(2, "four");
                        call.execute();
                        assertThat(call.getInt(1)).isEqualTo(4);
                    }
                })
                .hasChild("CALL cruddur")
                .withMetadata("sql", "preparation", "call");
    }

    @Test
    void transaction_showsItsEnd(TraceRecorder traces) throws SQLException {
        SpanAssert job = job(traces, 4, j -> {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.executeUpdate("insert into activities values (1, 'a')");
                connection.rollback();
                connection.commit();
                connection.setAutoCommit(true);
            }
        });
        job.hasChild("INSERT cruddur").hasNoChildren();
        job.hasChild("ROLLBACK cruddur").hasNoChildren();
        job.hasChild("COMMIT cruddur").hasNoChildren();
    }

    @Test
    void statementThatFails_isAFault(TraceRecorder traces) throws SQLException {
        job(
                        traces,
                        2,
                        job -> assertThatThrownBy(() -> execute(database, "select * from nowhere"))
                                .isInstanceOf(SQLException.class))
                .hasChild("SELECT cruddur")
                .withFault()
                .withException(org.h2.jdbc.JdbcSQLSyntaxErrorException.class);
    }

    @Test
    void refusal_isToldByItsCodes(TraceRecorder traces) throws SQLException {
        job(
                        traces,
                        2,
                        job -> assertThatThrownBy(() -> execute(database, "select * from nowhere"))
                                .isInstanceOf(SQLException.class))
                .hasChild("SELECT cruddur")
                .withMetadata("sql", "state", "42S02")
                .withMetadata("sql", "error_code", 42102);
    }

    @Test
    void closedConnection_isAFaultOfTheDatabaseThatItLedTo(TraceRecorder traces) throws SQLException {
        Statement[] kept = new Statement[1];
        job(traces, 3, job -> {
                    try (Connection connection = database.getConnection()) {
                        kept[0] = connection.createStatement();
                        kept[0].execute("values 1");
                        connection.unwrap(org.h2.jdbc.JdbcConnection.class).close();
                        assertThatThrownBy(() -> kept[0].execute("select 1")).isInstanceOf(SQLException.class);
                    }
                })
                .hasChild("SELECT cruddur")
                .withFault();
        assertThat(Reporter.messages()).extracting(Reporter.Message::code).doesNotContain("TRC-260");
    }

    @Test
    void nothingCurrent_beginsNoTrace(TraceRecorder traces) throws SQLException {
        execute(database, "select 1");
        assertThat(traces.spans()).isEmpty();
    }

    @Test
    void wrappedTwice_isWrappedOnce() throws SQLException {
        assertThat(TracingDataSource.wrap(database)).isSameAs(database);
        assertThat(database.unwrap(JdbcConnectionPool.class)).isSameAs(pool);
    }

    @Test
    void databaseThatIsGiven_isToldAsItIs(TraceRecorder traces) throws SQLException {
        JdbcDataSource plain = new JdbcDataSource();
        plain.setURL("jdbc:h2:mem:");
        Sql described = Sql.on("postgresql", "users").server("postgresql://proxy:6432");
        DataSource given = TracingDataSource.wrap(plain, described);

        job(traces, 2, job -> {
                    execute(given, "select 1");
                })
                .hasChild("SELECT users");
        assertThat(sql(traces, "SELECT users")).isEqualTo(described);
    }

    @Test
    void spans_areInTheOrderOfTheStatements(TraceRecorder traces) throws SQLException {
        job(traces, 3, job -> {
            execute(database, "insert into activities values (7, 'x')");
            execute(database, "delete from activities");
        });
        assertThat(traces.spans())
                .filteredOn(span -> span.parent() != null)
                .extracting(span -> span.name(), span -> span.outcome())
                .containsExactly(tuple("INSERT cruddur", Outcome.OK), tuple("DELETE cruddur", Outcome.OK));
    }
}
