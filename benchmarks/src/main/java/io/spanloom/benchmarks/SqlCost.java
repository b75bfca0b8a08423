package io.spanloom.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.spanloom.sql.TracingDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What {@link TracingDataSource} adds to a query: a connection of the pool, a prepared statement, its one row, with it and
 * without in turns. The arguments are the backend, the seconds, and a JDBC URL, without which it is H2 in memory.
 */
public final class SqlCost {

    private static final String H2 = "jdbc:h2:mem:cruddur";

    private SqlCost() {}

    public static void main(String[] args) throws Exception {
        SpanloomBackend backend = new SpanloomBackend();
        backend.backend = args[0];
        backend.configure();
        SpanloomRequest request = new SpanloomRequest();
        request.open(backend);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args.length > 2 ? args[2] : H2);
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            fill(pool);
            DataSource traced = TracingDataSource.wrap(pool);
            InTurns.measure(args[0], Long.parseLong(args[1]), () -> queries(pool), () -> {
                request.begin();
                int rows = queries(traced);
                request.end();
                return rows;
            });
        }
        request.close();
        backend.shutdown();
    }

    private static void fill(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists spanloom_cost");
            statement.execute("create table spanloom_cost (id int primary key, handle varchar(20))");
            statement.execute("insert into spanloom_cost values (1, 'andrewbrown')");
        }
    }

    private static int queries(DataSource source) throws SQLException {
        int rows = 0;
        for (int i = 0; i < InTurns.CALLS; i++) {
            try (Connection connection = source.getConnection();
                    PreparedStatement select =
                            connection.prepareStatement("select handle from spanloom_cost where id = ?")) {
                select.setInt(1, 1);
                try (ResultSet found = select.executeQuery()) {
                    rows += found.next() && found.getString(1) != null ? 1 : 0;
                }
            }
        }
        return rows;
    }
}
