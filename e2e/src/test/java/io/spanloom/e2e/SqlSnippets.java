package io.spanloom.e2e;

import io.spanloom.Sql;
import io.spanloom.Tracing;
import io.spanloom.sql.TracingDataSource;
import java.io.Reader;
import java.sql.Connection;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** The code of docs/sql.md, compiled. {@link SnippetsTest} holds them together. */
@SuppressWarnings("unused")
final class SqlSnippets {

    private SqlSnippets() {}

    static void wrap(DataSource pool) {
        DataSource database = TracingDataSource.wrap(pool);
    }

    static void described(DataSource pool) {
        DataSource users = TracingDataSource.wrap(
                pool,
                Sql.on("postgresql", "users")
                        .server("postgresql://pgbouncer:6432")
                        .user("app"));
    }

    static void copy(Connection connection, Reader lines) throws Exception {
        long rows = Tracing.call("COPY users", span -> {
            span.sql(Sql.on("postgresql", "cruddur"));
            return connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy users (email) from stdin", lines);
        });
    }
}
