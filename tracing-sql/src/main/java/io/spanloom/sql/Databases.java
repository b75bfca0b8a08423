package io.spanloom.sql;

import io.spanloom.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which database a connection is of. One data source may lead to several: a router's. */
final class Databases {

    /** Beyond so many URLs each connection's is read anew. */
    private static final int REMEMBERED = 256;

    private static final Database UNKNOWN = new Database(JdbcUrl.UNKNOWN);

    private final @Nullable Database given;
    private final Map<String, Database> byUrl = new ConcurrentHashMap<>();

    Databases(@Nullable Sql given) {
        this.given = given == null ? null : new Database(given);
    }

    Database of(@Nullable Connection connection) throws SQLException {
        if (given != null) {
            return given;
        }
        String url = connection == null ? null : connection.getMetaData().getURL();
        if (url == null) {
            return UNKNOWN;
        }
        Database known = byUrl.get(url);
        if (known == null) {
            known = new Database(JdbcUrl.parse(url));
            if (byUrl.size() < REMEMBERED) {
                byUrl.put(url, known);
            }
        }
        return known;
    }
}
