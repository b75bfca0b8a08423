package io.spanloom.desk.page;

import io.spanloom.desk.filter.FilterException;
import io.spanloom.desk.filter.Keyword;
import io.spanloom.desk.filter.TraceElement;
import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.TraceSummary;
import java.util.Comparator;
import java.util.function.Predicate;

/** Which traces a list wants, and in which order: the expression, the ranges brushed in the charts, what is ignored. */
final class TraceQuery {
    static final int MAX_ROWS = 2_000;

    private final Predicate<TraceElement> filter;
    private final double from;
    private final double to;
    private final double shortest;
    private final double longest;
    private final Comparator<HeldTrace> order;
    private final int limit;
    private final Ignored ignored;

    private TraceQuery(PageQuery query, Predicate<TraceElement> filter) {
        this.filter = filter;
        this.from = query.number("from", Double.NEGATIVE_INFINITY);
        this.to = query.number("to", Double.POSITIVE_INFINITY);
        this.shortest = query.number("min", Double.NEGATIVE_INFINITY);
        this.longest = query.number("max", Double.POSITIVE_INFINITY);
        this.order = order(query.text("sort"), query.text("dir").equals("asc"));
        this.ignored = Ignored.of(query.text("ignore"));
        this.limit = query.whole("limit", MAX_ROWS, MAX_ROWS);
    }

    static TraceQuery of(PageQuery query, PageSource source) throws FilterException {
        return new TraceQuery(query, source.filter(query.text("filter")));
    }

    boolean wants(HeldTrace held) {
        TraceSummary trace = held.summary();
        double start = trace.start();
        double seconds = duration(trace);
        return start >= from
                && start <= to
                && seconds >= shortest
                && seconds <= longest
                && filter.test(trace)
                && !ignored.test(trace.entry().span());
    }

    Comparator<HeldTrace> order() {
        return order;
    }

    int limit() {
        return limit;
    }

    private static double duration(TraceSummary trace) {
        return Double.isNaN(trace.duration()) ? 0 : trace.duration();
    }

    private static Comparator<HeldTrace> order(String sort, boolean ascending) {
        Comparator<HeldTrace> order = switch (sort) {
            case "duration" -> Comparator.comparingDouble(held -> duration(held.summary()));
            case "spans" ->
                Comparator.comparingInt(held -> held.summary().spans().size());
            case "status" -> Comparator.comparingInt(held -> severity(held.summary()));
            case "name" ->
                Comparator.comparing(held -> held.summary().entry().span().name());
            case "service" ->
                Comparator.comparing(held -> held.summary().entry().name());
            case "start" -> Comparator.comparingDouble(held -> held.summary().start());
            default -> Comparator.comparingLong(HeldTrace::sequence);
        };
        Comparator<HeldTrace> directed = ascending ? order : order.reversed();
        return directed.thenComparing(
                Comparator.comparingLong(HeldTrace::sequence).reversed());
    }

    private static int severity(TraceSummary trace) {
        return trace.flag(Keyword.FAULT) ? 3 : trace.flag(Keyword.ERROR) ? 2 : trace.flag(Keyword.THROTTLE) ? 1 : 0;
    }
}
