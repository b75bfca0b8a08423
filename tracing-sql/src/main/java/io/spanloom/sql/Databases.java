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

    private final @Nullable Sql given;
    private final Map<String, Sql> byUrl = new ConcurrentHashMap<>();

    Databases(@Nullable Sql given) {
        this.given = given;
    }

    Sql of(@Nullable Connection connection) throws SQLException {
        if (given != null) {
            return given;
        }
        String url = connection == null ? null : connection.getMetaData().getURL();
        if (url == null) {
            return JdbcUrl.UNKNOWN;
        }
        Sql known = byUrl.get(url);
        if (known == null) {
            known = JdbcUrl.parse(url);
            if (byUrl.size() < REMEMBERED) {
                byUrl.put(url, known);
            }
        }
        return known;
    }
}
