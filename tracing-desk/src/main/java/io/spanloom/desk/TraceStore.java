package io.spanloom.desk;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * All traces the desk holds, stitched by trace id from whatever came by either protocol, in any order.
 *
 * <p>A trace is finished when its root has ended and nothing new has come for the quiet time. Both numbers and bytes are
 * bounded; the trace that began first goes first. Safe for use by several threads.
 */
final class TraceStore {
    /** What one laptop screen of debugging needs many times over. */
    static final int MAX_TRACES = 10_000;

    static final long MAX_WEIGHT = 64L * 1024 * 1024;

    /**
     * How long a trace without a root waits before it is shown as it is. Its root may well never come: a load balancer or
     * an untraced caller made up the parent that the first document names.
     */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoClock;
    private final long quietNanos;
    private final int maxTraces;
    private final long maxWeight;
    private final Counting counting;
    private final Map<String, StoredTrace> traces = new LinkedHashMap<>();
    private final Map<String, StoredTrace> pending = new LinkedHashMap<>();
    private long weight;

    TraceStore(LongSupplier nanoClock, long quietNanos, int maxTraces, long maxWeight, Counting counting) {
        this.nanoClock = nanoClock;
        this.quietNanos = quietNanos;
        this.maxTraces = maxTraces;
        this.maxWeight = maxWeight;
        this.counting = counting;
    }

    synchronized void add(Received document) {
        StoredTrace trace = traces.computeIfAbsent(document.traceId(), StoredTrace::new);
        long before = trace.weight();
        if (!trace.add(document, nanoClock.getAsLong())) {
            counting.duplicate();
            return;
        }
        weight += trace.weight() - before;
        if (trace.late()) {
            counting.late();
        }
        pending.putIfAbsent(trace.traceId, trace);
        evict();
    }

    private void evict() {
        Iterator<StoredTrace> oldest = traces.values().iterator();
        while (traces.size() > maxTraces || weight > maxWeight) {
            StoredTrace trace = oldest.next();
            oldest.remove();
            pending.remove(trace.traceId);
            weight -= trace.weight();
            counting.evicted();
        }
    }

    /** The traces that are due to be shown; each is given out once, and again only if more of it comes. */
    synchronized List<StoredTrace.Showing> takeDue() {
        long now = nanoClock.getAsLong();
        return take(trace -> trace.quietFor(now) >= (trace.rooted() ? quietNanos : PATIENCE_NANOS));
    }

    /** Everything that has not been shown, due or not: for the end. */
    synchronized List<StoredTrace.Showing> takeAll() {
        return take(trace -> true);
    }

    private List<StoredTrace.Showing> take(Predicate<StoredTrace> due) {
        List<StoredTrace.Showing> taken = new ArrayList<>();
        for (Iterator<StoredTrace> i = pending.values().iterator(); i.hasNext(); ) {
            StoredTrace trace = i.next();
            if (due.test(trace)) {
                i.remove();
                if (trace.pending()) {
                    taken.add(trace.show());
                }
            }
        }
        return taken;
    }

    /** All that is held, or of that only what has been shown as finished; by the arrival of their first document. */
    List<Trace> snapshot(boolean finishedOnly) {
        List<StoredTrace.Showing> held = new ArrayList<>();
        synchronized (this) {
            for (StoredTrace trace : traces.values()) {
                if (trace.finished() || !finishedOnly) {
                    held.add(trace.peek());
                }
            }
        }
        return held.stream().map(StoredTrace.Showing::trace).toList();
    }

    synchronized int finishedCount() {
        int count = 0;
        for (StoredTrace trace : traces.values()) {
            count += trace.finished() ? 1 : 0;
        }
        return count;
    }
}
