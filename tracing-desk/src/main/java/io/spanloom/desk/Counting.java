package io.spanloom.desk;

import java.util.EnumMap;
import java.util.Map;

/** The counters while they count. One lock, so that a reading is of one moment and its sums hold. */
final class Counting {
    private final Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
    private long received;
    private long duplicates;
    private long late;
    private long evicted;
    private long finished;
    private long cleared;

    synchronized void kept() {
        received++;
    }

    synchronized void rejected(Rejection reason) {
        received++;
        rejected.merge(reason, 1L, Long::sum);
    }

    synchronized void duplicate() {
        duplicates++;
    }

    synchronized void late() {
        late++;
    }

    synchronized void evicted() {
        evicted++;
    }

    synchronized void finished() {
        finished++;
    }

    synchronized void cleared(int traces) {
        cleared += traces;
    }

    synchronized DeskCounters read() {
        return new DeskCounters(received, rejected, duplicates, late, evicted, finished, cleared);
    }
}
