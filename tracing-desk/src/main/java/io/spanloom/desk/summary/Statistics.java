package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How calls went and how long they took, counted up; in the shape of {@code ServiceStatistics} and {@code EdgeStatistics}. */
public final class Statistics {
    private final Map<Double, Integer> histogram = new TreeMap<>();
    private long throttles;
    private long errors;
    private long faults;
    private long total;
    private double seconds;

    public void count(Entity service) {
        TraceSpan span = service.span();
        count(span.error(), span.throttle(), span.fault(), service.responseTime());
    }

    public void count(Call call) {
        count(call.error(), call.throttle(), call.fault(), call.responseTime());
    }

    /** @param seconds not a number if it has not ended; it counts, but in no time */
    void count(boolean error, boolean throttle, boolean fault, double seconds) {
        total++;
        if (fault) {
            faults++;
        } else if (throttle) {
            throttles++;
        } else if (error) {
            errors++;
        }
        if (!Double.isNaN(seconds)) {
            this.seconds += seconds;
            histogram.merge(rounded(seconds), 1, Integer::sum);
        }
    }

    /** To two digits: what a curve needs, and few enough values. */
    private static double rounded(double seconds) {
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(seconds, 1e-6))) - 1);
        return Math.round(Math.round(seconds / unit) * unit * 1e7) / 1e7;
    }

    public long total() {
        return total;
    }

    /** Faults count as faults alone, throttles as errors. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("OkCount", total - throttles - errors - faults);
        json.put(
                "ErrorStatistics",
                Map.of("ThrottleCount", throttles, "OtherCount", errors, "TotalCount", throttles + errors));
        json.put("FaultStatistics", Map.of("OtherCount", faults, "TotalCount", faults));
        json.put("TotalCount", total);
        json.put("TotalResponseTime", Math.round(seconds * 1e6) / 1e6);
        return json;
    }

    /** In the shape of {@code Histogram}, by rising value. */
    public List<Map<String, Object>> histogram() {
        return histogram.entrySet().stream()
                .map(entry -> Map.<String, Object>of("Value", entry.getKey(), "Count", entry.getValue()))
                .toList();
    }
}
