package io.spanloom.sql;

import io.spanloom.Sql;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which database a connection is of. One data source may lead to several: a router's. */
final class Databases {

    /** Beyond so many URLs each connection's is read anew. */
    private static final int REMEMBERED = 256;

    /** Those whose driver keeps the user and both versions since it connected; others may ask the server for them. */
    private static final Set<String> KEEPING = Set.of("postgresql");

    private static final Database UNKNOWN = new Database(JdbcUrl.UNKNOWN);

    private final @Nullable Database given;
    private final Map<String, Database> byUrl = new ConcurrentHashMap<>();

    Databases(@Nullable Sql given) {
        this.given = given == null ? null : new Database(given);
    }

    Database of(@Nullable Statement statement) {
        if (given != null) {
            return given;
        }
        try {
            return statement == null ? UNKNOWN : of(statement.getConnection());
        } catch (SQLException closed) {
            return only();
        }
    }

    Database of(@Nullable Connection connection) {
        if (given != null) {
            return given;
        }
        try {
            return connection == null ? UNKNOWN : of(connection.getMetaData());
        } catch (SQLException closed) {
            return only();
        }
    }

    private Database of(DatabaseMetaData about) throws SQLException {
        String url = about.getURL();
        if (url == null) {
            return UNKNOWN;
        }
        Database known = byUrl.get(url);
        if (known == null) {
            return remembered(url, about);
        }
        return isOfUser(known, about) ? known : ofOtherUser(url, about);
    }

    private static boolean isOfUser(Database known, DatabaseMetaData about) throws SQLException {
        return !KEEPING.contains(known.sql.system()) || Objects.equals(known.sql.user(), about.getUserName());
    }

    /** Of a pool whose connections are not all one user's. */
    private Database ofOtherUser(String url, DatabaseMetaData about) throws SQLException {
        String key = url + '\n' + about.getUserName();
        Database known = byUrl.get(key);
        return known == null ? remembered(key, about) : known;
    }

    private Database remembered(String key, DatabaseMetaData about) throws SQLException {
        Sql sql = JdbcUrl.parse(about.getURL());
        Database database = KEEPING.contains(sql.system())
                ? new Database(
                        sql.user(about.getUserName()), about.getDatabaseProductVersion(), about.getDriverVersion())
                : new Database(sql);
        if (byUrl.size() < REMEMBERED) {
            byUrl.put(key, database);
        }
        return database;
    }

    /** A connection that is closed no longer says whose it was; where only one database was seen, it was that. */
    private Database only() {
        Iterator<Database> seen = byUrl.values().iterator();
        Database first = seen.hasNext() ? seen.next() : UNKNOWN;
        return seen.hasNext() ? UNKNOWN : first;
    }
}
