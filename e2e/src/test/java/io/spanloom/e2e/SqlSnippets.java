package io.spanloom.e2e;

import io.spanloom.Sql;
import io.spanloom.sql.TracingDataSource;
import javax.sql.DataSource;

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
}
