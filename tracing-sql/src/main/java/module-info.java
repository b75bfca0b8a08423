/** A span for each statement of a {@code DataSource}. */
module io.spanloom.sql {
    requires transitive io.spanloom.core;
    requires transitive java.sql;
    requires net.ttddyy.dsproxy;
    requires static org.jspecify;

    exports io.spanloom.sql;

    provides io.spanloom.spi.ConfigKeyProvider with
            io.spanloom.sql.SqlKeys;
}
