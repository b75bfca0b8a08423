package io.spanloom.desk.api;

import io.spanloom.desk.filter.EntitySelector;
import io.spanloom.desk.filter.FilterException;
import io.spanloom.desk.filter.TraceElement;
import io.spanloom.desk.summary.Call;
import io.spanloom.desk.summary.Entity;
import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.Statistics;
import io.spanloom.desk.summary.TraceSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** GetTimeSeriesServiceStatistics: calls, or with a selector services, counted by minutes. */
final class TimeSeries {
    private static final int MINUTE = 60;
    private static final int FIVE_MINUTES = 300;

    private final Traces traces;
    private final GroupOperations groups;

    TimeSeries(Traces traces, GroupOperations groups) {
        this.traces = traces;
        this.groups = groups;
    }

    Map<String, ?> get(Request request) throws ApiException {
        TimeRange range = TimeRange.read(request);
        Predicate<TraceElement> group = groups.group(request);
        EntitySelector selector = selector(request);
        int period = period(request);
        Map<Long, Statistics> periods = new TreeMap<>();
        for (HeldTrace held : traces.newestFirst()) {
            if (range.holds(held) && group.test(held.summary())) {
                count(held.summary(), selector, period, periods);
            }
        }
        return Map.of(
                "TimeSeriesServiceStatistics", json(periods, selector.ofServices()), "ContainsOldGroupVersions", false);
    }

    private static void count(TraceSummary trace, EntitySelector selector, int period, Map<Long, Statistics> periods) {
        for (Entity service : trace.services()) {
            if (selector.ofServices() && selector.selects(service)) {
                in(periods, service.startSecond(), period).count(service);
            }
        }
        for (Call call : trace.edges()) {
            if (!selector.ofServices() && selector.selects(call)) {
                in(periods, call.startSecond(), period).count(call);
            }
        }
    }

    private static Statistics in(Map<Long, Statistics> periods, long second, int period) {
        return periods.computeIfAbsent(second - Math.floorMod(second, (long) period), key -> new Statistics());
    }

    private static List<Map<String, Object>> json(Map<Long, Statistics> periods, boolean ofServices) {
        List<Map<String, Object>> all = new ArrayList<>();
        periods.forEach((time, statistics) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("Timestamp", time);
            one.put(ofServices ? "ServiceSummaryStatistics" : "EdgeSummaryStatistics", statistics.json());
            one.put("ResponseTimeHistogram", statistics.histogram());
            all.add(one);
        });
        return all;
    }

    private static EntitySelector selector(Request request) throws ApiException {
        String expression = request.text("EntitySelectorExpression", 1, 500);
        try {
            return expression == null ? EntitySelector.everyEdge() : EntitySelector.parse(expression);
        } catch (FilterException e) {
            throw ApiException.invalid("EntitySelectorExpression: " + e.getMessage());
        }
    }

    private static int period(Request request) throws ApiException {
        if (request.flag("ForecastStatistics", false)) {
            throw ApiException.invalid("ForecastStatistics are not supported by the trace desk");
        }
        Integer period = request.whole("Period", 0, Integer.MAX_VALUE);
        if (period != null && period != MINUTE && period != FIVE_MINUTES) {
            throw request.invalid("Period", "is neither 60 nor 300");
        }
        return period == null ? MINUTE : period;
    }
}
