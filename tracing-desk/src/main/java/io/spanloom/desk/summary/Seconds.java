package io.spanloom.desk.summary;

import io.spanloom.desk.TraceSpan;
import java.time.Instant;
import java.util.List;

/** Times as X-Ray tells them: seconds, as doubles. */
public final class Seconds {
    private Seconds() {}

    /** Since the epoch. */
    public static double of(Instant time) {
        return time.getEpochSecond() + time.getNano() / 1e9;
    }

    /** From start to end; not a number while in progress. */
    static double of(TraceSpan span) {
        // Not toNanos(): the clocks of strangers may be centuries apart, more than a long of nanoseconds holds.
        return span.inProgress()
                ? Double.NaN
                : span.duration().toSeconds() + span.duration().toNanosPart() / 1e9;
    }

    /** From the first start to the last end; not a number if nothing has ended. */
    static double whole(List<TraceSpan> spans) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (TraceSpan span : spans) {
            first = Math.min(first, micros(span.start()));
            Instant end = span.end();
            if (end != null) {
                last = Math.max(last, micros(end));
            }
        }
        return last == Long.MIN_VALUE ? Double.NaN : Math.max(0, last - first) / 1e6;
    }

    /** A span's times are good to the microsecond. */
    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
