package io.spanloom.e2e.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.spanloom.Tracing;
import io.spanloom.sql.SqlKeys;
import io.spanloom.sql.TracingDataSource;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of statements that PostgreSQL accepts: what it is told of them has no values. */
class PostgresTextTest {

    @RegisterExtension
    static final TracingExtension TRACING = TracingExtension.configured(settings -> settings.set(SqlKeys.TEXT, "true"));

    private static String told(TraceRecorder traces, String before, String text) throws SQLException {
        String database = Postgres.database("texts", "create table docs (id int, \"E\" text)");
        try (HikariDataSource pool = Postgres.pool(database, "texts", 1)) {
            Tracing.<SQLException>run("job", job -> {
                try (Connection connection = TracingDataSource.wrap(pool).getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute(before);
                    statement.execute(text);
                }
            });
        }
        return Objects.requireNonNull(
                Objects.requireNonNull(traces.spans().get(1).sql()).query());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'secret', 'it''s secret', 'C:\\secret\\', 'secret'",
                "select E'it\\'s secret', e'\\\\', 'secret'",
                "select E'a\\'secret'\n'secret', 'secret'",
                "select U&'\\0073ecret secret', B'101', X'5ec', N'secret'",
                "select $$it's secret$$, $tag$a $$ secret $tag$, $Ünïcode$secret$Ünïcode$",
                "do $body$ begin perform 'secret'; end $body$",
                "select 1 -- it's secret",
                "select /* it's /* a */ secret */ 'secret'",
                "select 1 -- secret\r, 'a\nsecret'",
                "select array['secret', $$secret$$], '{secret}'::text[], (array['secret'])[1]",
                "select 'secret'::text, text 'secret', cast('secret' as text), interval'1 day'::text || 'secret'",
                "select '{\"secret\": 1}'::jsonb->'secret', '{}'::jsonb ? 'secret', '{}'::jsonb #>> '{secret}'",
                "select \"E\" from docs where \"E\" like'secret' or \"E\" = 'secret'",
                "select id as a$b$c, 'secret' as \"it's\", 'secret' from docs",
                "with x as (select 'secret' as y) insert into docs select 1, y from x",
                "copy (select 'secret') to '/dev/null'",
            })
    void valuesOfWhateverForm_areNotTold(String text, TraceRecorder traces) throws SQLException {
        assertThat(told(traces, "select 1", text)).doesNotContain("secret");
    }

    @Test
    void names_areTold(TraceRecorder traces) throws SQLException {
        assertThat(told(
                        traces,
                        "select 1",
                        "select d.\"E\"::varchar(10), id + 1.5e-3 from docs d where id = any('{1,2}'::int[])"))
                .isEqualTo("select d.\"E\"::varchar(?), id + ? from docs d where id = any(?::int[])");
    }

    /** By a setting of old, a backslash keeps a quote from ending any text. */
    @Test
    void settingThatChangesQuotes_revealsNothing(TraceRecorder traces) throws SQLException {
        assertThat(told(traces, "set standard_conforming_strings = off", "select 'it\\'s secret', 'secret'"))
                .isEqualTo("select ?");
    }
}
