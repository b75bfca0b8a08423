package io.spanloom.sql;

import io.spanloom.Sql;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a JDBC URL says of the database that it leads to. Drivers agree on little beyond {@code jdbc:}; what cannot be told
 * is left out. Parameters are read for the database's name alone, and users and passwords not at all.
 */
final class JdbcUrl {

    static final Sql UNKNOWN = Sql.on("other_sql", "database");

    /** As OpenTelemetry and X-Ray's exporter name them; all others are {@code other_sql}. */
    private static final Map<String, String> SYSTEMS = Map.ofEntries(
            Map.entry("postgresql", "postgresql"),
            Map.entry("mysql", "mysql"),
            Map.entry("mariadb", "mariadb"),
            Map.entry("oracle", "oracle"),
            Map.entry("sqlserver", "mssql"),
            Map.entry("jtds", "mssql"),
            Map.entry("db2", "db2"),
            Map.entry("derby", "derby"),
            Map.entry("sqlite", "sqlite"),
            Map.entry("hive2", "hive"),
            Map.entry("teradata", "teradata"));

    private JdbcUrl() {}

    static Sql parse(String url) {
        String text = url.regionMatches(true, 0, "jdbc:", 0, 5) ? url.substring(5) : url;
        String rest = wrapped(text);
        int colon = rest.indexOf(':');
        if (colon <= 0) {
            return UNKNOWN;
        }
        String scheme = rest.substring(0, colon).toLowerCase(Locale.ROOT);
        String system = SYSTEMS.getOrDefault(scheme, "other_sql");
        int slashes = rest.indexOf("//", colon);
        int parameters = firstOf(rest, colon, ";?");
        if (slashes < 0 || slashes > parameters) {
            return scheme.equals("oracle")
                    ? oracle(rest)
                    : local(system, rest.substring(colon + 1, parameters), scheme);
        }
        int path = firstOf(rest, slashes + 2, "/;?");
        String authority = rest.substring(
                rest.lastIndexOf('@', path) > slashes ? rest.lastIndexOf('@', path) + 1 : slashes + 2, path);
        String database = path < parameters ? rest.substring(path + 1, parameters) : "";
        String named = parameter(rest, parameters, "databasename");
        named = named == null ? parameter(rest, parameters, "database") : named;
        return server(system, scheme, authority, named == null ? lastName(database) : named);
    }

    /** Without what other drivers have put before the URL of the one that they wrap: {@code tc:}, {@code aws-wrapper:}. */
    private static String wrapped(String text) {
        for (String scheme : SYSTEMS.keySet()) {
            int at = text.indexOf(":" + scheme + ":");
            if (at > 0 && at < 24) {
                return text.substring(at + 1);
            }
        }
        return text;
    }

    /** {@code oracle:thin:user/password@host:port:sid}, {@code ...@host:port/service}, and descriptions, which stay unread. */
    private static Sql oracle(String rest) {
        int at = rest.lastIndexOf('@');
        String target = at < 0 ? "" : rest.substring(at + 1);
        if (target.isEmpty() || target.startsWith("(")) {
            return Sql.on("oracle", "oracle");
        }
        int end = firstOf(target, 0, "/;?");
        String authority = target.substring(0, end);
        String database = end < target.length() && target.charAt(end) == '/'
                ? target.substring(end + 1, firstOf(target, end, ";?"))
                : "";
        int sid = authority.indexOf(':', authority.indexOf(':') + 1);
        if (authority.indexOf(':') >= 0 && sid > 0) {
            database = authority.substring(sid + 1);
            authority = authority.substring(0, sid);
        }
        return server("oracle", "oracle", authority, database);
    }

    private static Sql server(String system, String scheme, String authority, String database) {
        Sql sql = Sql.on(system, database.isEmpty() ? scheme : database);
        // Of several hosts, the first stands for all: the driver does not say which it has chosen.
        int comma = authority.indexOf(',');
        String first = comma < 0 ? authority : authority.substring(0, comma);
        return first.isEmpty() ? sql : sql.server(scheme + "://" + first);
    }

    /** In memory, or a file. */
    private static Sql local(String system, String path, String scheme) {
        String name = lastName(path);
        name = name.substring(name.lastIndexOf(':') + 1);
        return Sql.on(system, name.isEmpty() ? scheme : name);
    }

    private static String lastName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Or the text's end. */
    private static int firstOf(String text, int from, String any) {
        int at = from;
        while (at < text.length() && any.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static @Nullable String parameter(String text, int from, String name) {
        for (int at = from; at < text.length(); ) {
            int end = firstOf(text, at + 1, ";&");
            int equals = text.indexOf('=', at);
            if (equals > 0
                    && equals < end
                    && text.substring(at + 1, equals).trim().equalsIgnoreCase(name)) {
                return text.substring(equals + 1, end);
            }
            at = end;
        }
        return null;
    }
}
