package io.spanloom.desk.api;

import io.spanloom.desk.filter.TraceElement;
import io.spanloom.desk.summary.HeldTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** GetTraceSummaries: by arrival, the newest first. */
final class Summaries {
    /** Large enough that a hundred thousand traces take 200 calls, small enough for an answer below a few megabytes. */
    private static final int PAGE = 500;

    private final Traces traces;
    private final GroupOperations groups;
    private final LongSupplier millis;

    Summaries(Traces traces, GroupOperations groups, LongSupplier millis) {
        this.traces = traces;
        this.groups = groups;
        this.millis = millis;
    }

    Map<String, ?> get(Request request) throws ApiException {
        TimeRange range = TimeRange.read(request);
        Predicate<TraceElement> filter = groups.filter(request);
        Predicate<HeldTrace> sample = sample(request);
        long before = Pages.read(request);
        SummaryJson json = new SummaryJson(traces);
        List<Map<String, Object>> page = new ArrayList<>();
        long processed = 0;
        Map<String, Object> answer = new LinkedHashMap<>();
        long last = 0;
        for (HeldTrace held : traces.newestFirst()) {
            if (held.sequence() >= before || !range.holds(held)) {
                continue;
            }
            processed++;
            if (sample.test(held) && filter.test(held.summary())) {
                if (page.size() == PAGE) {
                    answer.put("NextToken", Pages.token(last));
                    break;
                }
                page.add(json.of(held));
                last = held.sequence();
            }
        }
        answer.put("TraceSummaries", page);
        answer.put("ApproximateTime", millis.getAsLong() / 1000);
        answer.put("TracesProcessedCount", processed);
        return answer;
    }

    /** With {@code Sampling}, a share of the traces; always the same ones, whatever the page. */
    private static Predicate<HeldTrace> sample(Request request) throws ApiException {
        Request strategy = request.object("SamplingStrategy");
        boolean wanted = request.flag("Sampling", false);
        if (strategy == null) {
            return held -> true;
        }
        String name = strategy.text("Name");
        Double share = strategy.number("Value", 0, 1);
        if (name != null && !name.equals("PartialScan") && !name.equals("FixedRate")) {
            throw strategy.invalid("Name", "is neither PartialScan nor FixedRate");
        }
        if (!wanted || !"FixedRate".equals(name) || share == null) {
            return held -> true;
        }
        double rate = share;
        return held -> (held.summary().traceId().hashCode() & 0xffff) < rate * 0x10000;
    }
}
