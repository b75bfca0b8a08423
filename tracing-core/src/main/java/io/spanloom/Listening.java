package io.spanloom;

import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.SpanListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who hears of the spans of one set-up: the listeners that were made for it, and those that the application added. */
final class Listening {

    static final Listening NONE = new Listening(List.of());

    private static final ListenerCalls[] NOBODY = {};

    /** What the application added; replaced as a whole, so that who tells reads it once. */
    private static volatile ListenerCalls[] added = NOBODY;

    private final ListenerCalls[] made;

    /** What {@link #all} was last. */
    private volatile @Nullable Both both;

    @SuppressWarnings("ArrayRecordComponent") // told apart by identity, and by nobody else
    private record Both(ListenerCalls[] others, ListenerCalls[] all) {}

    Listening(List<SpanListener> made) {
        this.made = made.stream().map(ListenerCalls::new).toArray(ListenerCalls[]::new);
    }

    static synchronized void add(ListenerCalls listener) {
        added = joined(added, listener);
    }

    static synchronized void remove(ListenerCalls listener) {
        listener.remove();
        List<ListenerCalls> left = new ArrayList<>(List.of(added));
        left.remove(listener);
        added = left.toArray(NOBODY);
    }

    private static ListenerCalls[] joined(ListenerCalls[] some, ListenerCalls... more) {
        List<ListenerCalls> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(NOBODY);
    }

    /** The span that a backend has started, or, where somebody listens, one around it that tells. */
    Span begun(Backend backend, SpanSpec spec, Span span) {
        ListenerCalls[] all = all();
        return all.length == 0 || span == Span.noop() ? span : ListenedSpan.begin(backend, spec, span, all);
    }

    /** What a backend has current, or, where somebody listens, the span around it that was given to the application. */
    Span current(Span span) {
        ListenerCalls[] all = all();
        return all.length == 0 || span == Span.noop() ? span : ListenedSpan.current(span, all);
    }

    private ListenerCalls[] all() {
        ListenerCalls[] others = added;
        if (others.length == 0) {
            return made;
        }
        if (made.length == 0) {
            return others;
        }
        Both known = both;
        if (known == null || known.others != others) {
            known = new Both(others, joined(made, others));
            both = known;
        }
        return known.all;
    }

    boolean isEmpty() {
        return all().length == 0;
    }

    Map<String, BackendStats> stats() {
        Map<String, BackendStats> stats = new TreeMap<>();
        for (ListenerCalls each : all()) {
            stats.merge(each.name(), each.stats(), BackendStats::plus);
        }
        return stats;
    }

    /** The names of those that did not answer when they were last asked. */
    Set<String> silent() {
        return Stream.of(all())
                .filter(ListenerCalls::isSilent)
                .map(ListenerCalls::name)
                .collect(Collectors.toSet());
    }

    /** Each gets its share of the time, so that one that cannot deliver does not use up that of the others. */
    boolean flush(Duration timeout) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BackendCalls.millis(timeout));
        ListenerCalls[] all = all();
        boolean done = true;
        for (int i = 0; i < all.length; i++) {
            long left = Math.max(0, deadline - System.nanoTime());
            done &= all[i].flush(Duration.ofNanos(left / (all.length - i)));
        }
        return done;
    }

    /** Those that the application added are its own to close. */
    void close() {
        for (ListenerCalls each : made) {
            each.close();
        }
    }
}
