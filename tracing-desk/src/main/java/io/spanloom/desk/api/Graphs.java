package io.spanloom.desk.api;

import io.spanloom.desk.filter.TraceElement;
import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.ServiceGraph;
import io.spanloom.desk.summary.TraceSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** GetServiceGraph and GetTraceGraph; each in one page. */
final class Graphs {
    private static final int MAX_IDS = 1_000;

    private final Traces traces;
    private final GroupOperations groups;

    Graphs(Traces traces, GroupOperations groups) {
        this.traces = traces;
        this.groups = groups;
    }

    Map<String, ?> ofServices(Request request) throws ApiException {
        TimeRange range = TimeRange.read(request);
        Predicate<TraceElement> group = groups.group(request);
        List<TraceSummary> found = new ArrayList<>();
        for (HeldTrace held : traces.newestFirst()) {
            if (range.holds(held) && group.test(held.summary())) {
                found.add(held.summary());
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("StartTime", range.start());
        answer.put("EndTime", range.end());
        answer.put("Services", ServiceGraph.of(found).json());
        // Groups are asked when they are looked at, and so never of an old version.
        answer.put("ContainsOldGroupVersions", false);
        return answer;
    }

    /** Ids that are not held add nothing, as in the service. */
    Map<String, ?> ofTraces(Request request) throws ApiException {
        List<TraceSummary> found = new ArrayList<>();
        for (String id : request.requiredTexts("TraceIds", MAX_IDS)) {
            String digits = traces.digits(id);
            HeldTrace held = digits == null ? null : traces.find(digits);
            if (held != null) {
                found.add(held.summary());
            }
        }
        return Map.of("Services", ServiceGraph.of(found).json());
    }
}
