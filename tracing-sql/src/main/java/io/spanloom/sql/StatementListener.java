package io.spanloom.sql;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.spi.Reporter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.StatementType;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import org.jspecify.annotations.Nullable;

/** Called before and after each statement, and each method of a connection. Whatever goes wrong here stays here. */
final class StatementListener implements QueryExecutionListener, MethodExecutionListener {

    private static final String SPAN = "io.spanloom.span";

    private final Databases databases;

    StatementListener(Databases databases) {
        this.databases = databases;
    }

    // --- statements --------------------------------------------------------------------------------------------------

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        try {
            if (Tracing.isEnabled()) {
                execution.addCustomValue(SPAN, begun(execution, queries));
            }
        } catch (Throwable thrown) {
            refused(thrown);
        }
    }

    private Span begun(ExecutionInfo execution, List<QueryInfo> queries) {
        Database database = databases.of(execution.getStatement());
        String text = queries.isEmpty() ? "" : String.valueOf(queries.get(0).getQuery());
        String operation = StatementText.operation(text);
        Span span = Tracing.span(database.span(execution.isBatch() ? "BATCH " + operation : operation));
        if (span.isRecording()) {
            describe(span, execution, database, text);
        }
        return span;
    }

    private static void describe(Span span, ExecutionInfo execution, Database database, String text) {
        boolean recorded = Tracing.config().get(SqlKeys.TEXT);
        database.describe(span, recorded ? StatementText.withoutLiterals(text, database.dialect) : null);
        if (execution.getStatementType() == StatementType.PREPARED) {
            span.metadata("sql", "preparation", "statement"); // X-Ray's two words for it
        } else if (execution.getStatementType() == StatementType.CALLABLE) {
            span.metadata("sql", "preparation", "call");
        }
        if (execution.isBatch()) {
            span.metadata("sql", "batch_size", execution.getBatchSize());
        }
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        end(execution.getCustomValue(SPAN, Span.class), execution.getThrowable());
    }

    // --- the ends of transactions ------------------------------------------------------------------------------------

    @Override
    public void beforeMethod(MethodExecutionContext call) {
        if (!(call.getTarget() instanceof Connection connection)) {
            return;
        }
        try {
            String name = call.getMethod().getName();
            boolean ends = name.equals("commit") || name.equals("rollback");
            if (ends && Tracing.isEnabled() && Tracing.config().get(SqlKeys.TRANSACTIONS)) {
                Database database = databases.of(connection);
                Span span = Tracing.span(database.span(name.equals("commit") ? "COMMIT" : "ROLLBACK"));
                call.addCustomValue(SPAN, span);
                if (span.isRecording()) {
                    database.describe(span, null);
                }
            }
        } catch (Throwable thrown) {
            refused(thrown);
        }
    }

    @Override
    public void afterMethod(MethodExecutionContext call) {
        if (call.getTarget() instanceof Connection) {
            end(call.getCustomValue(SPAN, Span.class), call.getThrown());
        }
    }

    // --- both --------------------------------------------------------------------------------------------------------

    private static void end(@Nullable Span span, @Nullable Throwable thrown) {
        if (span != null) {
            if (thrown instanceof SQLException refusal && span.isRecording()) {
                tell(span, refusal);
            }
            span.close(thrown);
        }
    }

    /** What the database said in figures: the standard's five characters, and its own number where it has one. */
    private static void tell(Span span, SQLException refusal) {
        try {
            if (refusal.getSQLState() != null) {
                span.metadata("sql", "state", refusal.getSQLState());
            }
            if (refusal.getErrorCode() != 0) {
                span.metadata("sql", "error_code", refusal.getErrorCode());
            }
        } catch (Throwable thrown) {
            refused(thrown);
        }
    }

    private static void refused(Throwable thrown) {
        Reporter.refused(
                "TRC-260", "tracing could not describe a statement; the statement itself is not affected", thrown);
    }
}
