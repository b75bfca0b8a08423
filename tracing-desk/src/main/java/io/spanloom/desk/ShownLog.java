package io.spanloom.desk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Which traces were shown last, in order: what {@code tail} goes on from. Bounded; safe for use by several threads. */
final class ShownLog {
    /** A reader that asks twice a second falls behind only where more than this are shown meanwhile. */
    private static final int MAX = 20_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long last;

    synchronized void add(StoredTrace.Showing showing) {
        if (entries.size() == MAX) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(++last, showing.traceId(), showing.complete(), showing.again()));
    }

    /** At most so many after this number, the oldest first. */
    synchronized List<Entry> after(long number, int most) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.number > number && found.size() < most) {
                found.add(entry);
            }
        }
        return found;
    }

    /** The number of the newest; 0 if there is none. */
    synchronized long last() {
        return last;
    }

    record Entry(long number, String traceId, boolean complete, boolean again) {}
}
