package io.spanloom.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Tracing;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With the text of statements and without the ends of transactions. */
class SettingsTest {

    @RegisterExtension
    static final TracingExtension TRACING = TracingExtension.configured(
            settings -> settings.set(SqlKeys.TEXT, "true").set(SqlKeys.TRANSACTIONS, "false"));

    private final StubDatabase database = new StubDatabase();

    @Test
    void text_isRecordedWithoutLiteralsAndCommitsAreNot(TraceRecorder traces) throws SQLException {
        Tracing.<SQLException>run("job", job -> {
            try (Connection connection = database.connection();
                    PreparedStatement select =
                            connection.prepareStatement("select * from users where name = 'secret' and id = ?")) {
                select.execute();
                connection.commit();
            }
        });

        assertThat(traces.spans())
                .filteredOn(span -> span.parent() != null)
                .singleElement()
                .satisfies(span -> assertThat(Objects.requireNonNull(span.sql()).query())
                        .isEqualTo("select * from users where name = ? and id = ?"));
    }
}
