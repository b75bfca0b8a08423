package io.spanloom.xray;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What was open when its segment ended, waiting for its own end or for its {@linkplain Held#due time}. */
final class HeldSpans {

    /** So many wait at most. */
    private static final int MOST = 20_000;

    private final List<Held> held = new ArrayList<>();
    private boolean closed;
    private volatile boolean look;

    /** False where too many wait, or nobody will come for them. */
    synchronized boolean add(Held one) {
        if (closed || held.size() >= MOST) {
            return false;
        }
        held.add(one);
        return true;
    }

    /** One of them may have ended. */
    void lookAgain() {
        look = true;
    }

    boolean isLookDue() {
        return look;
    }

    /**
     * Takes out what has ended or waited long enough.
     *
     * @param all whether nothing may wait any longer
     */
    List<Held> takeRipe(boolean all) {
        List<Held> waiting;
        long now = System.nanoTime();
        synchronized (this) {
            boolean looking = look;
            look = false; // where nothing is held, too: else the sending thread would never sleep again
            // All wait equally long, so the first of them is due first.
            if (held.isEmpty() || !all && !looking && held.get(0).due() - now > 0) {
                return List.of();
            }
            waiting = List.copyOf(held);
        }
        // Without the lock: trees of the SDK's may be large, and have locks of their own.
        List<Held> ripe =
                all ? waiting : waiting.stream().filter(one -> one.isRipe(now)).toList();
        Set<Held> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        taken.addAll(ripe);
        synchronized (this) {
            held.removeIf(taken::contains);
        }
        return ripe;
    }

    /** How long it is until the first is due; so many nanoseconds at most. */
    synchronized long nanosUntilDue(long most) {
        return held.isEmpty() ? most : Math.max(0, Math.min(most, held.get(0).due() - System.nanoTime()));
    }

    /** Takes out everything, and takes nothing more. */
    synchronized List<Held> close() {
        closed = true;
        List<Held> left = List.copyOf(held);
        held.clear();
        return left;
    }
}
