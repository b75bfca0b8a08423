package io.spanloom.desk.api;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.Seconds;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code StartTime} to {@code EndTime}, both included, of whichever time {@code TimeRangeType} names: when the trace began
 * (also for {@code TraceId}: an id by W3C's rules holds no time), when the desk last heard of it ({@code Event}), or
 * when one of its spans ended ({@code Service}).
 */
record TimeRange(double start, double end, Predicate<HeldTrace> test) {

    static TimeRange read(Request request) throws ApiException {
        double start = request.requiredTime("StartTime");
        double end = request.requiredTime("EndTime");
        if (start > end) {
            throw ApiException.invalid("StartTime is after EndTime");
        }
        String type = request.text("TimeRangeType");
        return new TimeRange(start, end, test(type == null ? "TraceId" : type, start, end));
    }

    private static Predicate<HeldTrace> test(String type, double start, double end) throws ApiException {
        return switch (type) {
            case "TraceId" -> held -> within(held.summary().start(), start, end);
            case "Event" -> held -> within(held.updatedMillis() / 1e3, start, end);
            case "Service" -> held -> held.summary().spans().stream().anyMatch(span -> within(ended(span), start, end));
            default -> throw ApiException.invalid("TimeRangeType is none of TraceId, Event, Service: " + type);
        };
    }

    private static boolean within(double time, double start, double end) {
        // Clients cut times to the second, also the end's.
        return time >= start && time < Math.floor(end) + 1;
    }

    private static double ended(TraceSpan span) {
        @Nullable Instant end = span.end();
        return end == null ? Double.NaN : Seconds.of(end);
    }

    boolean holds(HeldTrace held) {
        return test.test(held);
    }
}
