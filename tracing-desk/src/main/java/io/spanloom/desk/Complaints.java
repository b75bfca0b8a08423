package io.spanloom.desk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says what went wrong without drowning the screen: the first of a kind at once, then one line of summary for each kind
 * every ten seconds. Safe for use by several threads.
 */
final class Complaints {
    static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoClock;
    private final Consumer<String> out;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    Complaints(LongSupplier nanoClock, Consumer<String> out) {
        this.nanoClock = nanoClock;
        this.out = out;
    }

    /** The kinds must be few; the particulars may be anything. */
    synchronized void say(String kind, String particulars) {
        Kind known = kinds.get(kind);
        String detail = Text.abbreviated(particulars, 200);
        if (known == null) {
            kinds.put(kind, new Kind(nanoClock.getAsLong()));
            out.accept(detail.isEmpty() ? kind : kind + ": " + detail);
        } else {
            known.unsaid++;
            known.lastDetail = detail;
        }
    }

    /** To be called now and then. */
    synchronized void summariseDue() {
        long now = nanoClock.getAsLong();
        kinds.forEach((kind, state) -> {
            if (now - state.lastSaid >= INTERVAL_NANOS) {
                summarise(kind, state, now);
            }
        });
    }

    synchronized void summariseAll() {
        kinds.forEach((kind, state) -> summarise(kind, state, nanoClock.getAsLong()));
    }

    private void summarise(String kind, Kind state, long now) {
        if (state.unsaid > 0) {
            String last = state.lastDetail.isEmpty() ? "" : " (last: " + state.lastDetail + ")";
            out.accept(kind + ": " + state.unsaid + " more" + last);
            state.unsaid = 0;
            state.lastSaid = now;
        }
    }

    private static final class Kind {
        private long lastSaid;
        private long unsaid;
        private String lastDetail = "";

        private Kind(long lastSaid) {
            this.lastSaid = lastSaid;
        }
    }
}
