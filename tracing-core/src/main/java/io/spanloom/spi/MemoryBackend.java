package io.spanloom.spi;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A backend whose spans stay in memory and are handed over one by one as they end. The backend {@code log} prints them,
 * the recorder of {@code tracing-test} lets tests look at them; it is also the shortest example of a backend.
 */
public final class MemoryBackend implements Backend {

    private final String name;
    private final Sampler sampler;
    private final Consumer<MemorySpan> onEnd;
    private final ThreadLocal<@Nullable MemorySpan> current = new ThreadLocal<>();

    /**
     * @param onEnd called with each recorded span as it ends, on the thread that ends it
     */
    public MemoryBackend(String name, Sampler sampler, Consumer<MemorySpan> onEnd) {
        this.name = name;
        this.sampler = sampler;
        this.onEnd = onEnd;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
        MemorySpan previous = top();
        MemorySpan parent = seed != null && seed.newRoot() ? null : previous;
        if (parent == null && spec.placement() == SpanSpec.Placement.SUBSEGMENT && (seed == null || !seed.newRoot())) {
            return Span.noop();
        }
        MemorySpan span = parent != null
                ? new MemorySpan(this, spec, parent, previous, seed, parent.isSampled())
                : root(spec, previous, seed);
        current.set(span);
        return span;
    }

    private MemorySpan root(SpanSpec spec, @Nullable MemorySpan previous, @Nullable SpanSeed seed) {
        SamplingDecision decision = SamplingDecision.take(sampler, spec, seed);
        MemorySpan root = new MemorySpan(this, spec, null, previous, seed, decision.sampled());
        if (decision.sampled() && decision.rule() != null) {
            root.sampledBy(decision.rule());
        }
        return root;
    }

    /** The current span, leaving behind those that another thread has ended. */
    private @Nullable MemorySpan top() {
        MemorySpan top = current.get();
        while (top != null && top.isStale()) {
            top = top.previous;
            set(top);
        }
        return top;
    }

    @Override
    public Span current() {
        MemorySpan top = top();
        return top == null ? Span.noop() : top;
    }

    @Override
    public @Nullable Object capture() {
        return top();
    }

    @Override
    public @Nullable Object enter(@Nullable Object captured) {
        MemorySpan before = current.get();
        set((MemorySpan) captured);
        return before;
    }

    @Override
    public void leave(@Nullable Object entered) {
        set((MemorySpan) entered);
    }

    /** Restores what was current before a span, unless it is no longer below what is current. */
    void leave(MemorySpan span) {
        for (MemorySpan next = current.get(); next != null; next = next.previous) {
            if (next == span) {
                set(span.previous);
                span.previous = null;
                return;
            }
        }
    }

    private void set(@Nullable MemorySpan span) {
        if (span == null) {
            current.remove();
        } else {
            current.set(span);
        }
    }

    void ended(MemorySpan span) {
        onEnd.accept(span);
    }
}
