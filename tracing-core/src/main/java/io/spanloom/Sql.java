package io.spanloom;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a span tells about a database statement.
 *
 * <pre>{@code span.sql(Sql.on("postgresql", "cruddur").server("postgresql://db:5432").user("app"));}</pre>
 *
 * @param system the database's kind in lower case, as OpenTelemetry names it: {@code postgresql}, {@code mysql}, ...
 * @param server {@code scheme://host:port}, without the database and without a user or password
 * @param query the statement's text, which must already be free of literals: nothing here removes them
 */
public record Sql(
        String system,
        String database,
        @Nullable String server,
        @Nullable String user,
        @Nullable String query) {
    public Sql {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(database, "database");
    }

    /** A statement on a database of a kind. */
    public static Sql on(String system, String database) {
        return new Sql(system, database, null, null, null);
    }

    /** With the server's address, {@code scheme://host:port}; null leaves it out. */
    public Sql server(@Nullable String value) {
        return new Sql(system, database, value, user, query);
    }

    /** With the database user; null leaves it out. */
    public Sql user(@Nullable String value) {
        return new Sql(system, database, server, value, query);
    }

    /** With a statement text that holds no literals; null leaves it out. */
    public Sql query(@Nullable String value) {
        return new Sql(system, database, server, user, value);
    }
}
