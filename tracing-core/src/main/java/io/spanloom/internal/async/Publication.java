package io.spanloom.internal.async;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import io.spanloom.spi.AsyncCall;
import io.spanloom.spi.SubscribedSpan;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call that gave a publisher. */
final class Publication implements AsyncCall {

    private final SpanSpec spec;
    private final TraceContext called;
    private final Consumer<Span> notes;
    private final @Nullable BiConsumer<Span, @Nullable Object> captures;

    /** The span that the call had to begin before it was known what it would return: that of the first subscription. */
    private final AtomicReference<@Nullable Begun> begun;

    private record Begun(Span span, TraceContext inside) {}

    private Publication(
            SpanSpec spec,
            TraceContext called,
            Consumer<Span> notes,
            @Nullable BiConsumer<Span, @Nullable Object> captures,
            @Nullable Begun begun) {
        this.spec = spec;
        this.called = called;
        this.notes = notes;
        this.captures = captures;
        this.begun = new AtomicReference<>(begun);
    }

    /**
     * Of a call whose spans all begin with a subscription.
     *
     * @param notes gives each of them what the call recorded
     */
    static Publication of(
            SpanSpec spec,
            TraceContext called,
            Consumer<Span> notes,
            @Nullable BiConsumer<Span, @Nullable Object> captures) {
        return new Publication(spec, called, notes, captures, null);
    }

    /** Of a call that has a span already, current on this thread, which it is no longer afterwards. */
    static Publication of(SpanSpec spec, Span current) {
        TraceContext inside = Tracing.capture();
        current.detach();
        return new Publication(spec, Tracing.capture(), span -> {}, null, new Begun(current, inside));
    }

    /** Ends the span that no subscription has taken; false where there is none. */
    boolean end() {
        Begun first = begun.getAndSet(null);
        if (first != null) {
            first.span.close();
        }
        return first != null;
    }

    @Override
    public SubscribedSpan subscribed(@Nullable TraceContext parent) {
        TraceContext outside = parent != null ? parent : Tracing.current() == Span.noop() ? called : Tracing.capture();
        Begun first = begun.getAndSet(null);
        if (first != null) {
            return new Subscription(first.span, null, first.inside, outside);
        }
        try (Scope scope = outside.activate()) {
            Span span = Tracing.span(spec);
            notes.accept(span);
            TraceContext inside = Tracing.capture();
            span.detach();
            return new Subscription(span, captures, inside, outside);
        }
    }

    private static final class Subscription extends FollowedSpan implements SubscribedSpan {
        private final TraceContext inside;
        private final TraceContext outside;

        Subscription(
                Span span,
                @Nullable BiConsumer<Span, @Nullable Object> captures,
                TraceContext inside,
                TraceContext outside) {
            super(span, captures);
            this.inside = inside;
            this.outside = outside;
        }

        @Override
        public TraceContext inside() {
            return inside;
        }

        @Override
        public TraceContext outside() {
            return outside;
        }
    }
}
