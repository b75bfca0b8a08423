package io.spanloom.desk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/** The last of what was refused, each with its reason. Bounded; safe for use by several threads. */
final class Inbox {
    /** Some 600 KB at most; whoever has more wrong than this will not read it one by one. */
    static final int MAX = 500;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final LongSupplier millis;
    private long last;

    Inbox(LongSupplier millis) {
        this.millis = millis;
    }

    synchronized void add(Refused refused) {
        if (entries.size() == MAX) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(++last, millis.getAsLong(), refused));
    }

    /** The newest first. */
    synchronized List<Entry> newestFirst() {
        List<Entry> newest = new ArrayList<>(entries.size());
        entries.descendingIterator().forEachRemaining(newest::add);
        return newest;
    }

    /** How many have ever been put in, those that are gone included. */
    synchronized long total() {
        return last;
    }

    /**
     * One thing that was refused.
     *
     * @param number counts up from 1
     * @param millis when, epoch milliseconds
     */
    record Entry(long number, long millis, Refused refused) {}
}
