package io.spanloom.sql;

import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.SpanSpec.Placement;
import io.spanloom.Sql;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One database, and the spans of what is done there, described once for each operation. */
final class Database {

    /** More than SQL has words that begin a statement; a text that begins with others is described anew each time. */
    private static final int REMEMBERED = 128;

    final Sql sql;
    private final Map<String, SpanSpec> specs = new ConcurrentHashMap<>();

    Database(Sql sql) {
        this.sql = sql;
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
}
