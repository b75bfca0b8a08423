package io.spanloom.examples.cruddur;

import io.spanloom.sql.TracingDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** An H2 database in memory, filled when it is opened. Every statement of a request is a span. */
final class Database implements AutoCloseable {

    /** Makes an object of the current row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final JdbcConnectionPool pool;
    private final DataSource traced;

    private Database(JdbcConnectionPool pool) {
        this.pool = pool;
        this.traced = TracingDataSource.wrap(pool);
    }

    static Database open() throws SQLException {
        // Each its own, also within one JVM; closed by us, because H2's own exit hook would race with the last
        // requests.
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + "/cruddur;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";
        Database database = new Database(JdbcConnectionPool.create(url, "cruddur", ""));
        database.execute(script());
        return database;
    }

    /** The rows that a query finds. */
    <T> List<T> query(String text, Row<T> row, Object... parameters) throws SQLException {
        try (Connection connection = traced.getConnection();
                PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
            return found;
        }
    }

    private void execute(String text) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static String script() {
        try (InputStream script = Database.class.getResourceAsStream("/cruddur.sql")) {
            if (script == null) {
                throw new IllegalStateException("cruddur.sql is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("SHUTDOWN");
        pool.dispose();
    }
}
