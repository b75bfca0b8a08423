package io.spanloom.desk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The counters of a desk in JSON; those that the X-Ray daemon has, too, by its names. */
final class DeskStats {
    private DeskStats() {}

    /** @param spillover datagrams that were thrown away unread; -1 where nobody says */
    static Map<String, @Nullable Object> json(DeskCounters counters, TraceStore.Occupancy held, long spillover) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("SegmentsReceivedCount", counters.received());
        json.put("SegmentsSentCount", counters.kept());
        json.put("SegmentsRejectedCount", counters.rejectedTotal());
        json.put("SegmentsSpilloverCount", spillover < 0 ? null : spillover);
        json.put("rejected", rejected(counters));
        json.put("duplicate", counters.duplicates());
        json.put("late", counters.late());
        Map<String, Object> traces = new LinkedHashMap<>();
        traces.put("held", held.traces());
        traces.put("waiting", held.waiting());
        traces.put("finished", counters.finished());
        traces.put("evicted", counters.evicted());
        traces.put("cleared", counters.cleared());
        traces.put("bytes", held.weight());
        traces.put("maximum", held.maxTraces());
        traces.put("maximumBytes", held.maxWeight());
        json.put("traces", traces);
        return json;
    }

    private static Map<String, Long> rejected(DeskCounters counters) {
        Map<String, Long> reasons = new TreeMap<>();
        counters.rejected().forEach((reason, count) -> reasons.put(reason.code(), count));
        return reasons;
    }
}
