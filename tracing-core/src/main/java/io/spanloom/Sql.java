package io.spanloom;

import io.spanloom.internal.JsonSnapshot;
import io.spanloom.internal.Names;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a span tells about a database statement.
 *
 * <pre>{@code span.sql(Sql.on("postgresql", "cruddur").server("postgresql://db:5432").user("app"));}</pre>
 *
 * <p>X-Ray shows it as an {@code sql} block, OpenTelemetry as {@code db.*} attributes. A kind that the collector's X-Ray
 * exporter does not know (any but db2, derby, hive, mariadb, mssql, mysql, oracle, postgresql, sqlite, teradata and
 * other_sql) is metadata {@code sql} on every backend instead, so that all agree; so is a statement on no database in
 * particular, or on a server whose host cannot be told for certain.
 *
 * @param system the database's kind in lower case, as OpenTelemetry names it: {@code postgresql}, {@code mysql}, ...
 * @param server {@code scheme://host:port}; a user or password before the host, and whatever follows the port, is left
 *     out. A form without {@code //}, such as {@code oracle:thin:@h:1521}, names no host and is kept up to its parameters
 * @param query the statement's text, which must already be free of literals: nothing here removes them; {@value
 *     #QUERY_CHARS} characters are kept, a quarter of an X-Ray document
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
        server = server == null || server.isEmpty() ? null : DatabaseServer.plain(server);
        query = query == null ? null : Names.cut(query, QUERY_CHARS);
    }

    private static final int QUERY_CHARS = 16 * 1024;

    /** Those of which the collector's X-Ray exporter makes an {@code sql} block; checked against its version 0.156. */
    private static final Set<String> BLOCK_SYSTEMS = Set.of(
            "db2",
            "derby",
            "hive",
            "mariadb",
            "mssql",
            "mysql",
            "oracle",
            "postgresql",
            "sqlite",
            "teradata",
            "other_sql");

    /** The host of the server, by which X-Ray names the call {@code database@host}; null where it names none. */
    public @Nullable String host() {
        return server == null ? null : DatabaseServer.host(server);
    }

    void recordOn(Span span) {
        if (span.isSegment() || !hasBlock()) {
            metadataOf(span);
            return;
        }
        span.recordSql(this);
        // X-Ray's document is named after the database then, here and by the collector's exporter.
        StringBuilder operation = new StringBuilder();
        JsonSnapshot.quote(operation, span.name());
        span.recordMetadata("spanloom", "operation", operation.toString());
    }

    boolean hasBlock() {
        return BLOCK_SYSTEMS.contains(system)
                && !database.isEmpty()
                && (server == null || DatabaseServer.isCertain(server));
    }

    private void metadataOf(Span span) {
        span.metadata("sql", "database_type", system);
        span.metadata("sql", "database", database);
        whereKnown(span, "server", server);
        whereKnown(span, "user", user);
        whereKnown(span, "sanitized_query", query);
    }

    private static void whereKnown(Span span, String key, @Nullable String value) {
        if (value != null) {
            span.metadata("sql", key, value);
        }
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
