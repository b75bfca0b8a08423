package io.spanloom.xray;

import io.spanloom.spi.BackendStats;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What happened to the documents; guarded by the exporter's lock, so that the sums hold at any moment. */
final class Counts {

    private long offered;
    private long delivered;
    private long queued;
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

    void queued() {
        offered++;
        queued++;
    }

    void withdrawn() {
        offered--;
        queued--;
    }

    void refused(DropReason reason) {
        offered++;
        dropped.merge(reason, 1L, Long::sum);
    }

    void delivered() {
        queued--;
        delivered++;
    }

    void dropped(DropReason reason) {
        queued--;
        dropped.merge(reason, 1L, Long::sum);
    }

    BackendStats stats() {
        Map<String, Long> reasons = new HashMap<>();
        dropped.forEach((reason, count) -> reasons.put(reason.words, count));
        return new BackendStats(offered, delivered, reasons, queued);
    }
}
