package io.spanloom.otel;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span of ours and the context in which it is current, in one object: it adds itself and its OpenTelemetry span to a
 * context below, which answers for everything else. Two objects less per span; {@link Contexts#bridged} says where that
 * is not possible.
 */
final class OtelSpan extends RecordedSpan implements Context {

    private static final Class<?> NEVER_RECORDING =
            io.opentelemetry.api.trace.Span.getInvalid().getClass();

    /** All that is current beside this span: baggage, what others keep there. Where bridged, all and this span. */
    private final Context base;

    /** What was current on the starting thread before this span; nothing once this span was left. */
    private Context previous;

    /** Epoch nanoseconds; 0 where it is not recording. */
    private final long start;

    private final boolean bridged;

    /** Whether it has no parent in this process; set before anybody else sees the span. */
    boolean isRoot;

    /** Null where none needs to be kept. */
    private @Nullable Scope scope;

    private volatile @Nullable Notes notes;

    /** The one span of all children; null where each child has one of its own. */
    private final @Nullable UnsampledSpan unsampledChild;

    /**
     * @param start epoch nanoseconds
     * @param below what holds beside the span while it is current
     * @param unsampledForAll whether the children of this span, when it is not recording, never record
     */
    OtelSpan(
            SpanSpec spec,
            @Nullable OtelSpan parent,
            io.opentelemetry.api.trace.Span otel,
            long start,
            Context below,
            Context previous,
            boolean bridged,
            boolean unsampledForAll) {
        this(spec, parent, otel, start, below, previous, bridged, unsampledForAll, isRecording(otel, bridged));
    }

    private OtelSpan(
            SpanSpec spec,
            @Nullable OtelSpan parent,
            io.opentelemetry.api.trace.Span otel,
            long start,
            Context below,
            Context previous,
            boolean bridged,
            boolean unsampledForAll,
            boolean recording) {
        super(spec, parent, otel, recording);
        this.start = start;
        this.previous = previous;
        this.bridged = bridged;
        this.unsampledChild =
                unsampledForAll && !recording && !otel.getSpanContext().isSampled() ? new UnsampledSpan(otel) : null;
        this.base = base(below);
    }

    /**
     * Whether a span just started records. The SDK takes a lock to say so, though of a new span that is sampled it is known:
     * it records, unless it is the API's own that never does.
     */
    private static boolean isRecording(io.opentelemetry.api.trace.Span started, boolean bridged) {
        return !bridged && started.getSpanContext().isSampled() && started.getClass() != NEVER_RECORDING
                || started.isRecording();
    }

    /** Never holds another span of ours: each would keep the one before alive, for ever where work continues itself. */
    private Context base(Context below) {
        Context flat = below instanceof OtelSpan span ? span.base : below;
        if (bridged) {
            return flat.with(otel).with(Contexts.OURS, this);
        }
        return flat == below && flat.get(Contexts.OURS) != null ? flat.with(Contexts.OURS, this) : flat;
    }

    /** Our span that is current in a context; null where another's is, or none. */
    static @Nullable OtelSpan in(Context context, io.opentelemetry.api.trace.Span current) {
        OtelSpan ours = context.get(Contexts.OURS);
        return ours != null && ours.isSame(current) ? ours : null;
    }

    private boolean isSame(io.opentelemetry.api.trace.Span other) {
        // A storage that bridges contexts may wrap spans, too.
        return otel == other
                || bridged
                        && otel.getSpanContext()
                                .getSpanId()
                                .equals(other.getSpanContext().getSpanId());
    }

    void sampledBy(String rule) {
        otel.setAttribute(Keys.SAMPLING_RULE, rule);
        decidedBy(rule);
    }

    /** Makes the span current on this thread. */
    OtelSpan entered() {
        if (Contexts.needsNoScope()) {
            Contexts.set(context());
        } else {
            scope = Contexts.attach(context());
        }
        return this;
    }

    private Context context() {
        return bridged ? base : this;
    }

    /** Epoch nanoseconds by this span's clock. */
    long clock() {
        return now();
    }

    @Override
    protected long startEpochNanos() {
        return start;
    }

    /** How it was started. */
    SpanSpec description() {
        return spec();
    }

    /** The span for every child; null where each child has one of its own. */
    @Nullable
    Span unsampledChild() {
        return unsampledChild;
    }

    // --- as a context ------------------------------------------------------------------------------------------------

    @Override
    @SuppressWarnings("unchecked") // each of the two keys stands for one type
    public <V> @Nullable V get(ContextKey<V> key) {
        if (key == Contexts.CURRENT_SPAN) {
            return (V) otel;
        }
        return key == Contexts.OURS ? (V) this : base.get(key);
    }

    @Override
    public <V> Context with(ContextKey<V> key, V value) {
        return base.with(otel).with(Contexts.OURS, this).with(key, value);
    }

    // --- leaving -----------------------------------------------------------------------------------------------------

    @Override
    protected void leave() {
        Context now = Context.current();
        if (now == this && Contexts.needsNoScope()) {
            Contexts.set(previous);
        } else if (now == this) {
            closeScope(); // what the scope restores is what was current when it was opened: nothing to check
        } else if (isBelow(now)) {
            restore();
        }
        previous = Context.root();
    }

    /** Whether this span is current in a context, or was when one of ours that is current there was started. */
    private boolean isBelow(Context context) {
        OtelSpan next = context.get(Contexts.OURS);
        while (next != null && next != this) {
            next = next.previous.get(Contexts.OURS);
        }
        return next == this;
    }

    /** Makes current what was before, also where somebody else's scope above this one was never closed. */
    private void restore() {
        closeScope();
        if (!isCurrent(previous)) {
            Contexts.attach(previous);
        }
    }

    private void closeScope() {
        Scope mine = scope;
        if (mine != null) {
            scope = null;
            mine.close();
        }
    }

    private boolean isCurrent(Context expected) {
        Context now = Context.current();
        return now == expected
                || bridged
                        && now.get(Contexts.OURS) == expected.get(Contexts.OURS)
                        && io.opentelemetry.api.trace.Span.fromContext(now)
                                .getSpanContext()
                                .equals(io.opentelemetry.api.trace.Span.fromContext(expected)
                                        .getSpanContext());
    }

    /** What is current on this thread, after leaving behind spans of ours that another thread has ended. */
    static Context current() {
        Context now = Context.current();
        OtelSpan top = now.get(Contexts.OURS);
        while (top != null && top.isStale() && top.isCurrent(top.context())) {
            top.restore();
            now = Context.current();
            top = now.get(Contexts.OURS);
        }
        return now;
    }

    // --- recording ---------------------------------------------------------------------------------------------------

    @Override
    Notes notes() {
        Notes known = notes;
        if (known == null) {
            synchronized (otel) {
                known = notes;
                if (known == null) {
                    known = new Notes();
                    notes = known;
                }
            }
        }
        return known;
    }

    @Override
    protected boolean isSegment() {
        return isRoot || super.isSegment();
    }

    @Override
    void noted() {}

    @Override
    protected void recordOperation(String name) {
        otel.updateName(name);
        notes().own("operation", Json.quoted(name));
    }

    @Override
    protected void recordEnd(Outcome outcome, long endEpochNanos) {
        Notes known = notes;
        if (known != null) {
            known.writeTo(otel);
        }
        if (outcome == Outcome.FAULT) {
            otel.setStatus(StatusCode.ERROR); // a description would make the exporter invent an exception
        }
        otel.end(endEpochNanos, TimeUnit.NANOSECONDS);
    }
}
