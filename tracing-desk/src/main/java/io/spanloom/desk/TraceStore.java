package io.spanloom.desk;

import io.spanloom.desk.summary.HeldTrace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    /** What the file lacks: spans with new documents, by trace. Of held traces alone, so bounded as they are. */
    private final Map<String, Set<String>> unsaved = new LinkedHashMap<>();

    private final boolean saved;
    private long weight;
    private long arrivals;

    /** What was listed last; null if something has come or gone since. Several questions in a row cost one list. */
    private @Nullable List<HeldTrace> lastList;

    TraceStore(LongSupplier nanoClock, long quietNanos, int maxTraces, long maxWeight, Counting counting) {
        this(nanoClock, quietNanos, maxTraces, maxWeight, counting, false);
    }

    /** @param saved somebody will ask for what is unsaved */
    TraceStore(
            LongSupplier nanoClock, long quietNanos, int maxTraces, long maxWeight, Counting counting, boolean saved) {
        this.saved = saved;
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
        markUnsaved(trace.traceId, document.head().id());
        evict();
    }

    private void markUnsaved(String traceId, String spanId) {
        if (saved) {
            unsaved.computeIfAbsent(traceId, id -> new LinkedHashSet<>(2)).add(spanId);
        }
    }

    /** Takes a document that was held before the desk was started anew; nobody is told of it. */
    synchronized void restore(Received document, long sequence, long updatedMillis) {
        arrivals = Math.max(arrivals, sequence);
        StoredTrace trace = traces.computeIfAbsent(document.traceId(), id -> new StoredTrace(id, sequence));
        long before = trace.weight();
        if (trace.add(document, nanoClock.getAsLong(), updatedMillis)) {
            weight += trace.weight() - before;
            evict();
        }
    }

    /** All has been restored: it counts as shown. */
    synchronized void restored() {
        traces.values().forEach(StoredTrace::show);
        lastList = null;
    }

    /** Documents that the file lacks, some so many of them, by trace; they count as saved from here on. */
    synchronized List<Unsaved> takeUnsaved(int most) {
        List<Unsaved> taken = new ArrayList<>();
        Iterator<Map.Entry<String, Set<String>>> changed = unsaved.entrySet().iterator();
        for (int documents = 0; documents < most && changed.hasNext(); ) {
            Map.Entry<String, Set<String>> entry = changed.next();
            StoredTrace trace = Objects.requireNonNull(traces.get(entry.getKey()));
            List<StoredTrace.Document> some = trace.documents(entry.getValue());
            taken.add(new Unsaved(trace.traceId, trace.sequence(), trace.updatedMillis(), some));
            documents += some.size();
            changed.remove();
        }
        return taken;
    }

    /** Saving them failed. */
    synchronized void putBack(List<Unsaved> changes) {
        for (Unsaved change : changes) {
            if (traces.containsKey(change.traceId)) {
                change.documents.forEach(document -> markUnsaved(change.traceId, document.id()));
            }
        }
    }

    /** Of the trace that came first of those held; beyond all if there is none. */
    synchronized long oldestSequence() {
        Iterator<StoredTrace> oldest = traces.values().iterator();
        return oldest.hasNext() ? oldest.next().sequence() : arrivals + 1;
    }

    private void evict() {
        Iterator<StoredTrace> oldest = traces.values().iterator();
        while (traces.size() > maxTraces || weight > maxWeight) {
            StoredTrace trace = oldest.next();
            oldest.remove();
            pending.remove(trace.traceId);
            unsaved.remove(trace.traceId);
            weight -= trace.weight();
            counting.evicted();
        }
    }

    /** Forgets all that is held; how many traces that was. Documents that come afterwards begin traces anew. */
    synchronized int clear() {
        int count = traces.size();
        traces.clear();
        pending.clear();
        unsaved.clear();
        weight = 0;
        lastList = null;
        counting.cleared(count);
        return count;
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
        return new Occupancy(traces.size(), waiting, weight, maxTraces, maxWeight);
    }

    int maxTraces() {
        return maxTraces;
    }

    long maxWeight() {
        return maxWeight;
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
    record Occupancy(int traces, int waiting, long weight, int maxTraces, long maxWeight) {}

    /** Documents of one trace that are to be saved. */
    record Unsaved(String traceId, long sequence, long updatedMillis, List<StoredTrace.Document> documents) {}

    synchronized int size() {
        return traces.size();
    }

    synchronized int finishedCount() {
        int count = 0;
        for (StoredTrace trace : traces.values()) {
            count += trace.finished() ? 1 : 0;
        }
        return count;
    }
}
