package io.spanloom.desk;

import io.spanloom.desk.summary.HeldTrace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All traces the desk holds, stitched by trace id from whatever came by either protocol, in any order.
 *
 * <p>A trace is finished when its root has ended and nothing new has come for the quiet time. Both numbers and bytes are
 * bounded; the trace that began first goes first. Safe for use by several threads.
 */
final class TraceStore {
    static final int MAX_TRACES = 100_000;

    /** What leaves a heap of 300 MB room to work: see RATIONALE.md for the figure. */
    static final long MAX_WEIGHT = 128L * 1024 * 1024;

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
    private long arrivals;

    /** What was listed last; null if something has come or gone since. Several questions in a row cost one list. */
    private @Nullable List<HeldTrace> lastList;

    TraceStore(LongSupplier nanoClock, long quietNanos, int maxTraces, long maxWeight, Counting counting) {
        this.nanoClock = nanoClock;
        this.quietNanos = quietNanos;
        this.maxTraces = maxTraces;
        this.maxWeight = maxWeight;
        this.counting = counting;
    }

    synchronized void add(Received document) {
        StoredTrace trace = traces.computeIfAbsent(document.traceId(), id -> new StoredTrace(id, ++arrivals));
        long before = trace.weight();
        if (!trace.add(document, nanoClock.getAsLong(), System.currentTimeMillis())) {
            counting.duplicate();
            return;
        }
        weight += trace.weight() - before;
        lastList = null;
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

    /**
     * All that is held, by arrival, the newest first. Costs little where nothing has come since the last time; what has is
     * summarised outside of the lock, so that receiving goes on.
     */
    List<HeldTrace> newestFirst() {
        List<HeldTrace> held = new ArrayList<>();
        List<StoredTrace.Unsummarised> missing = new ArrayList<>();
        synchronized (this) {
            if (lastList != null) {
                return lastList;
            }
            for (StoredTrace trace : traces.values()) {
                HeldTrace known = trace.held();
                if (known == null) {
                    missing.add(trace.unsummarised());
                } else {
                    held.add(known);
                }
            }
            if (missing.isEmpty()) {
                Collections.reverse(held);
                lastList = Collections.unmodifiableList(held);
                return lastList;
            }
        }
        held.addAll(summarise(missing));
        held.sort(Comparator.comparingLong(HeldTrace::sequence).reversed());
        return held;
    }

    /** The trace of this id as it is now; null if it is not held. */
    @Nullable
    HeldTrace find(String traceId) {
        StoredTrace.Unsummarised missing;
        synchronized (this) {
            StoredTrace trace = traces.get(traceId);
            if (trace == null) {
                return null;
            }
            HeldTrace known = trace.held();
            if (known != null) {
                return known;
            }
            missing = trace.unsummarised();
        }
        return summarise(List.of(missing)).get(0);
    }

    /** All of one trace as it is now; null if it is not held. */
    @Nullable
    Trace trace(String traceId) {
        StoredTrace.Showing showing;
        synchronized (this) {
            StoredTrace trace = traces.get(traceId);
            if (trace == null) {
                return null;
            }
            showing = trace.peek();
        }
        return showing.trace();
    }

    synchronized Occupancy occupancy() {
        int waiting = 0;
        for (StoredTrace trace : pending.values()) {
            waiting += trace.pending() ? 1 : 0;
        }
        return new Occupancy(traces.size(), waiting, weight);
    }

    /** The documents of a trace; empty if it is not held. */
    synchronized List<StoredTrace.Document> documents(String traceId) {
        StoredTrace trace = traces.get(traceId);
        return trace == null ? List.of() : trace.documents();
    }

    /** Summarises beforehand what nobody has asked for yet, so that the first who asks need not wait. */
    void summarise(Collection<StoredTrace.Showing> shown) {
        for (StoredTrace.Showing showing : shown) {
            find(showing.traceId());
        }
    }

    private List<HeldTrace> summarise(List<StoredTrace.Unsummarised> missing) {
        List<HeldTrace> made =
                missing.stream().map(StoredTrace.Unsummarised::summarise).toList();
        synchronized (this) {
            for (int i = 0; i < made.size(); i++) {
                missing.get(i).trace().hold(made.get(i));
            }
        }
        return made;
    }

    /**
     * How full the store is.
     *
     * @param waiting traces with something that has not been shown yet
     * @param weight about how many bytes of heap
     */
    record Occupancy(int traces, int waiting, long weight) {}

    synchronized int finishedCount() {
        int count = 0;
        for (StoredTrace trace : traces.values()) {
            count += trace.finished() ? 1 : 0;
        }
        return count;
    }
}
