package io.spanloom.spi;

import java.util.Map;
import java.util.TreeMap;

/**
 * What happened to what a backend was given, in the backend's own units (documents or spans):
 * {@code offered = delivered + dropped + queued}.
 *
 * @param dropped how many were lost, by a reason that a user can read; never null values
 */
public record BackendStats(long offered, long delivered, Map<String, Long> dropped, long queued) {

    /** Of a backend that delivers nothing. */
    public static final BackendStats NONE = new BackendStats(0, 0, Map.of(), 0);

    public BackendStats {
        dropped = Map.copyOf(dropped);
    }

    /** All drops together. */
    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Both together, as a fan-out reports them. */
    public BackendStats plus(BackendStats other) {
        Map<String, Long> sum = new TreeMap<>(dropped);
        other.dropped.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new BackendStats(offered + other.offered, delivered + other.delivered, sum, queued + other.queued);
    }
}
