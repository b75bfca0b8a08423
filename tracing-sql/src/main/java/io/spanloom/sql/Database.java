package io.spanloom.sql;

import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.SpanSpec.Placement;
import io.spanloom.Sql;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One database, and the spans of what is done there, described once for each operation. */
final class Database {

    /** More than SQL has words that begin a statement; a text that begins with others is described anew each time. */
    private static final int REMEMBERED = 128;

    final Sql sql;
    final Dialect dialect;
    private final @Nullable String version;
    private final @Nullable String driver;
    private final Map<String, SpanSpec> specs = new ConcurrentHashMap<>();

    Database(Sql sql) {
        this(sql, null, null);
    }

    /**
     * @param version of the server
     * @param driver its version
     */
    Database(Sql sql, @Nullable String version, @Nullable String driver) {
        this.sql = sql;
        this.dialect = Dialect.of(sql.system());
        this.version = version;
        this.driver = driver;
    }

    /** @param operation such as {@code SELECT} */
    SpanSpec span(String operation) {
        SpanSpec known = specs.get(operation);
        if (known == null) {
            known = SpanSpec.named(operation + " " + sql.database())
                    .kind(SpanKind.CLIENT)
                    .placement(Placement.SUBSEGMENT);
            if (specs.size() < REMEMBERED) {
                specs.put(operation, known);
            }
        }
        return known;
    }

    /** @param text of the statement, without literals; null where it is not told */
    void describe(Span span, @Nullable String text) {
        span.sql(text == null ? sql : sql.query(text));
        if (version != null) {
            span.metadata("sql", "database_version", version);
        }
        if (driver != null) {
            span.metadata("sql", "driver_version", driver);
        }
    }
}
