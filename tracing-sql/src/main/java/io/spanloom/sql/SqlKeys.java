package io.spanloom.sql;

import io.spanloom.ConfigKey;
import io.spanloom.spi.ConfigKeyProvider;
import java.util.List;

/** What can be configured of statements. */
public final class SqlKeys implements ConfigKeyProvider {

    /** Whether a statement's text is recorded; its literals never are. */
    public static final ConfigKey<Boolean> TEXT = ConfigKey.truth("tracing.sql.text", false)
            .describedAs("Whether the text of statements is recorded, each literal as a question mark");

    /** Whether the end of a transaction is a span, too. */
    public static final ConfigKey<Boolean> TRANSACTIONS = ConfigKey.truth("tracing.sql.transactions", true)
            .describedAs("Whether commits and rollbacks are spans as well");

    /** Called by the service loader. */
    public SqlKeys() {}

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(TEXT, TRANSACTIONS);
    }
}
