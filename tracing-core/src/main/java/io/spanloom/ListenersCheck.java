package io.spanloom;

import io.spanloom.spi.BackendStats;
import io.spanloom.spi.DoctorCheck;
import io.spanloom.spi.Findings;
import java.util.Map;
import java.util.Set;

/** Who listens, and whether each hears and delivers all that it should. */
final class ListenersCheck implements DoctorCheck {

    private static final String TOPIC = "listeners";

    private final Listening listening;

    ListenersCheck(Listening listening) {
        this.listening = listening;
    }

    @Override
    public void check(Findings to) {
        Map<String, BackendStats> all = listening.stats();
        Set<String> silent = listening.silent();
        all.forEach((name, stats) -> one(name, stats, silent.contains(name), to));
        if (all.isEmpty()) {
            to.ok(TOPIC, "none");
        }
    }

    private static void one(String name, BackendStats stats, boolean silent, Findings to) {
        if (silent) {
            to.problem(
                    TOPIC,
                    "TRC-049",
                    name + " does not say what became of what it was told: it throws, or does not come back",
                    "TRC-021 or TRC-026 below names what it was asked; mend its stats() or flush(), or remove it");
        }
        if (stats.droppedTotal() > 0) {
            to.problem(
                    TOPIC,
                    "TRC-049",
                    name + ": " + stats.offered() + " offered, " + stats.delivered() + " delivered, " + stats.queued()
                            + " queued, dropped: " + stats.dropped(),
                    stats.dropped().containsKey(ListenerCalls.THREW)
                            ? "what it threw is in the message of TRC-027 below: mend the listener, or remove it"
                            : "each reason was said when it happened, see the messages below");
        } else if (stats.offered() > 0) {
            to.ok(
                    TOPIC,
                    name + ": " + stats.offered() + " offered, " + stats.delivered() + " delivered, " + stats.queued()
                            + " queued, none dropped");
        } else if (!silent) {
            to.ok(TOPIC, name + " listens");
        }
    }
}
