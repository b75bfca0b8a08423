package io.spanloom.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Sql;
import io.spanloom.Tracing;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a driver that notes each call: tracing asks it for no more than the application does, and for what it has at hand. */
@ExtendWith(TracingExtension.class)
class HarmlessnessTest {

    private final StubDatabase database = new StubDatabase();

    @Test
    void statement_costsNoRoundTrip(TraceRecorder traces) throws SQLException {
        database.url = "jdbc:mysql://db.example:3306/cruddur?user=app&password=secret";
        Tracing.<SQLException>run("job", job -> {
            try (Connection connection = database.connection();
                    PreparedStatement select = connection.prepareStatement("select 1")) {
                connection.setAutoCommit(false);
                select.execute();
                connection.commit();
            }
        });

        assertThat(traces.spans()).hasSize(3);
        // Drivers answer getMetaData, getURL and a statement's getConnection by themselves; not so getUserName (MySQL)
        // and getTransactionIsolation (PostgreSQL). What PostgreSQL's is asked beyond it, a real one is asked in e2e.
        assertThat(database.calls)
                .filteredOn(call -> !call.equals("Statement.getConnection")
                        && !call.equals("PreparedStatement.getConnection")
                        && !call.equals("Connection.getMetaData")
                        && !call.equals("DatabaseMetaData.getURL"))
                .containsExactly(
                        "DataSource.getConnection",
                        "Connection.prepareStatement",
                        "Connection.setAutoCommit",
                        "PreparedStatement.execute",
                        "Connection.commit",
                        "PreparedStatement.close",
                        "Connection.close");
    }

    @Test
    void whatTheDriverThrows_isThrownOn(TraceRecorder traces) throws SQLException {
        database.failure = new SQLException("deadlock");
        Tracing.<SQLException>run("job", job -> {
            try (Connection connection = database.connection();
                    PreparedStatement select = connection.prepareStatement("select 1")) {
                assertThat(catchThrowable(select::execute))
                        .isSameAs(database.failure)
                        .hasNoSuppressedExceptions();
                assertThat(catchThrowable(connection::commit)).isSameAs(database.failure);
            }
        });
        assertThat(traces.spans())
                .filteredOn(span -> !span.exceptions().isEmpty())
                .hasSize(2);
    }

    @Test
    void passwordsOfTheUrl_stayWhereTheyAre(TraceRecorder traces) throws SQLException {
        Tracing.<SQLException>run("job", job -> {
            try (Connection connection = database.connection();
                    PreparedStatement select = connection.prepareStatement("select 1")) {
                select.execute();
            }
        });
        assertThat(traces.spans())
                .filteredOn(span -> span.sql() != null)
                .singleElement()
                .satisfies(span -> assertThat(span.sql())
                        .isEqualTo(Sql.on("postgresql", "cruddur").server("postgresql://db.example:5432")));
    }

    /** What a driver may answer, and worse. */
    @ParameterizedTest
    @ValueSource(strings = {"", "jdbc:", ":", "jdbc:x", "jdbc::::", "jdbc:oracle:", "jdbc:mysql://", "jdbc:h2:;=&?"})
    void urlThatSaysNothing_costsNothing(String url, TraceRecorder traces) throws SQLException {
        database.url = url;
        Tracing.<SQLException>run("job", job -> {
            try (Connection connection = database.connection();
                    PreparedStatement select = connection.prepareStatement("select 1")) {
                select.execute();
            }
        });
        assertThat(traces.spans()).hasSize(2);
    }

    @Test
    void urlThatIsNull_costsNothing(TraceRecorder traces) throws SQLException {
        database.url = null;
        Tracing.<SQLException>run("job", job -> {
            try (Connection connection = database.connection();
                    PreparedStatement select = connection.prepareStatement("select 1")) {
                select.execute();
            }
        });
        assertThat(traces.spans()).hasSize(2);
    }
}
