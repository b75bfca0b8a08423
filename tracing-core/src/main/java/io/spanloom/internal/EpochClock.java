package io.spanloom.internal;

import java.time.Instant;

/**
 * Epoch time that runs evenly within a trace: the wall clock is read once per root, everything after is
 * {@link System#nanoTime} plus that offset. So a stepping wall clock cannot give a span a negative duration, a child is
 * never outside its parent by the clock's doing, and one read per end (24 ns) is all it costs.
 */
public final class EpochClock {

    private EpochClock() {}

    /** What to add to {@link System#nanoTime} to get epoch nanoseconds, as of now. */
    public static long offset() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime();
    }
}
