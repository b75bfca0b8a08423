package io.spanloom.desk;

import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.summary.Entity;
import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.Http;
import io.spanloom.desk.summary.TraceSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trace as one row of a list, in JSON. Every field is always there. */
final class TraceRow {
    private TraceRow() {}

    static Map<String, @Nullable Object> of(HeldTrace held) {
        TraceSummary trace = held.summary();
        Entity entry = trace.entry();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", TraceIds.toXRay(trace.traceId()));
        row.put("traceId", trace.traceId());
        row.put("sequence", held.sequence());
        row.put("start", trace.start());
        row.put("duration", number(trace.duration()));
        row.put("responseTime", number(entry.responseTime()));
        row.put("service", entry.name());
        row.put("name", entry.span().name());
        row.put("method", Http.text(entry.span(), Keyword.HTTP_METHOD));
        row.put("url", Http.text(entry.span(), Keyword.HTTP_URL));
        double status = Http.status(entry.span());
        row.put("status", Double.isNaN(status) ? null : (long) status);
        row.put("outcome", outcome(trace));
        row.put("partial", trace.partial());
        row.put("spans", trace.spans().size());
        row.put("updated", held.updatedMillis() / 1e3);
        return row;
    }

    /** The worst flag of its entry. */
    private static String outcome(TraceSummary trace) {
        return trace.flag(Keyword.FAULT)
                ? "fault"
                : trace.flag(Keyword.THROTTLE) ? "throttle" : trace.flag(Keyword.ERROR) ? "error" : "ok";
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
