package io.spanloom.sql;

import io.spanloom.Sql;
import java.util.Objects;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes each statement of a data source a span below what is current:
 *
 * <pre>{@code
 * DataSource database = TracingDataSource.wrap(pool);
 * }</pre>
 *
 * <p>A span is named after what the statement does and where, {@code SELECT cruddur}; X-Ray shows it as {@code cruddur@db}
 * with an {@code sql} block, OpenTelemetry with {@code db.*} attributes. Which database that is comes from the connection's
 * URL, which drivers know without asking the server; nothing is sent to the database that the application does not send.
 * PostgreSQL's driver has the user and the versions at hand: they are recorded, too. A batch is one span, with its size in
 * metadata {@code sql}; a commit or rollback is one as well ({@link SqlKeys#TRANSACTIONS}). The text is recorded only where
 * {@link SqlKeys#TEXT} says so, without literals.
 *
 * <p>Wrap outside of the pool, so that connections are wrapped once each time they are lent. Where nothing is current no
 * trace begins, unless {@code tracing.context-missing = root} says so: pools test their connections all day.
 *
 * <p><b>Errors.</b> What a driver throws is thrown on, the same object, and fails the span, which has its SQLState in metadata
 * {@code sql}. A driver's message may hold values of the statement: docs/sql.md says how PostgreSQL's is kept from it. What
 * goes wrong in tracing is reported (TRC-260) and costs the span at most. <b>Threads.</b> As safe as the data source that is
 * wrapped.
 */
public final class TracingDataSource {

    private TracingDataSource() {}

    /** The data source, traced; one that is already is returned. {@code unwrap} and {@code close} are those of the one given. */
    public static DataSource wrap(DataSource dataSource) {
        return wrap(dataSource, (Sql) null);
    }

    /**
     * As {@link #wrap(DataSource)}, for a database that its URL does not tell well: behind a proxy, or under a better name.
     *
     * @param database what each span says of it; its {@link Sql#query() query} is replaced where texts are recorded
     */
    public static DataSource wrap(DataSource dataSource, @Nullable Sql database) {
        Objects.requireNonNull(dataSource, "dataSource");
        if (dataSource instanceof ProxyDataSource proxy
                && proxy.getProxyConfig().getMethodListener().getListeners().stream()
                        .anyMatch(StatementListener.class::isInstance)) {
            return dataSource;
        }
        StatementListener listener = new StatementListener(new Databases(database));
        return ProxyDataSourceBuilder.create(dataSource)
                .listener(listener)
                .methodListener(listener)
                .build();
    }
}
