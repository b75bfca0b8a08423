package io.spanloom;

import io.spanloom.spi.Backend;
import io.spanloom.spi.Pairs;
import io.spanloom.spi.ThrownException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A span around the one that a backend has started, which tells listeners of it. It records whether the backend does or not:
 * what is not sampled is only told.
 */
final class ListenedSpan extends Span {

    private static final WeakReference<Throwable> NOTHING = new WeakReference<>(null);

    /** Whether listeners are being told of something on this thread. No class of ours: threads outlive applications. */
    private static final ThreadLocal<boolean[]> TELLING = ThreadLocal.withInitial(() -> new boolean[1]);

    private final Span part;
    private final ListenerCalls[] listeners;
    private final long start;
    private Object[] annotations = Pairs.NONE;
    private volatile @Nullable String user;
    private volatile @Nullable Throwable failure;

    /** The last exception of which listeners were told, for this span or one below it. */
    private volatile WeakReference<Throwable> told = NOTHING;

    /** A span that its backend has just started. */
    private ListenedSpan(SpanSpec spec, Span part, @Nullable Span parent, ListenerCalls[] listeners) {
        super(spec, parent, true);
        this.part = part;
        this.listeners = listeners;
        this.start = part.isRecording() ? part.startEpochNanos() : now();
    }

    /** A handle. */
    private ListenedSpan(Span part, ListenerCalls[] listeners) {
        super(SpanSpec.named(part.name()), true);
        this.part = part;
        this.listeners = listeners;
        this.start = now();
    }

    /**
     * Around a span that was just started; nothing around one that a listener's own code has started.
     *
     * @param part its own, or one that the backend shares among all children of an unsampled span
     */
    static Span begin(Backend backend, SpanSpec spec, Span part, ListenerCalls[] listeners) {
        if (TELLING.get()[0]) {
            return part;
        }
        ListenedSpan span;
        if (part.ownsScope()) {
            Span above = part.parent();
            span = new ListenedSpan(part.spec(), part, above == null ? null : around(above), listeners);
            span.shareExtras(part);
            part.extras().listened(span);
        } else if (part.isRecording()) {
            return part;
        } else {
            Span above = around(backend.current());
            span = new ListenedSpan(spec.under(true), part, above instanceof ListenedSpan ? above : null, listeners);
        }
        span.tell(ListenerCalls::started, span.seen(0, Outcome.OK));
        return span;
    }

    /** Around what is current: the same as when it was started, or a handle for what others have started. */
    static Span current(Span part, ListenerCalls[] listeners) {
        Span known = around(part);
        return known != part || part.ownsScope() ? known : new ListenedSpan(part, listeners);
    }

    private static Span around(Span part) {
        SpanExtras extras = part.peekExtras();
        ListenedSpan span = extras == null ? null : extras.listened();
        return span == null ? part : span;
    }

    /** The span has failed. Told only where neither the exception nor one of its causes was, here, below or above. */
    void failedWith(Throwable thrown) {
        failure = thrown;
        if (!isTold(thrown)) {
            WeakReference<Throwable> now = new WeakReference<>(thrown);
            Outcome so = outcomeSoFar();
            for (Span above = this; above != null; above = above.parent()) {
                // What is no fault here (a call that was answered 400) may be one above, and is told again then.
                if (above instanceof ListenedSpan listened && (above == this || so == Outcome.FAULT)) {
                    listened.told = now;
                }
            }
            SpanSnapshot seen = seen(0, so);
            tell((listener, view) -> listener.failed(view, thrown), seen);
        }
    }

    private boolean isTold(Throwable thrown) {
        Throwable next = thrown;
        for (int depth = 0; next != null && depth < ThrownException.CAUSES; depth++) {
            for (Span above = this; above != null; above = above.parent()) {
                if (above instanceof ListenedSpan listened && listened.told.refersTo(next)) {
                    return true;
                }
            }
            next = ThrownException.causeOf(next);
        }
        return false;
    }

    private void tell(BiConsumer<ListenerCalls, SpanSnapshot> what, SpanSnapshot seen) {
        boolean[] telling = TELLING.get();
        if (telling[0]) {
            return;
        }
        telling[0] = true;
        try {
            for (ListenerCalls each : listeners) {
                what.accept(each, seen);
            }
        } finally {
            telling[0] = false;
        }
    }

    private SpanSnapshot seen(long end, Outcome outcome) {
        String person = root() instanceof ListenedSpan root ? root.user : user;
        Object[] pairs;
        synchronized (this) {
            pairs = annotations.length == 0 ? annotations : Pairs.copy(annotations);
        }
        return new SpanSnapshot(
                name(), spec().kind(), part, isSampled(), start, end, outcome, failure, told != NOTHING, pairs, person);
    }

    @Override
    public String traceId() {
        return part.traceId();
    }

    @Override
    public String spanId() {
        return part.spanId();
    }

    @Override
    public boolean isSampled() {
        return part.isSampled();
    }

    @Override
    boolean isKept() {
        return part.isRecording();
    }

    @Override
    protected boolean isSegment() {
        return part.ownsScope() ? part.isSegment() : super.isSegment();
    }

    @Override
    protected long startEpochNanos() {
        return start;
    }

    private synchronized void keep(String key, Object value) {
        Object[] kept = Pairs.put(annotations, key, value);
        annotations = kept == null ? annotations : kept;
    }

    @Override
    protected void recordAnnotation(String key, String value) {
        keep(key, value);
        if (isKept()) {
            part.recordAnnotation(key, value);
        }
    }

    @Override
    protected void recordAnnotation(String key, long value) {
        keep(key, value);
        if (isKept()) {
            part.recordAnnotation(key, value);
        }
    }

    @Override
    protected void recordAnnotation(String key, double value) {
        keep(key, value);
        if (isKept()) {
            part.recordAnnotation(key, value);
        }
    }

    @Override
    protected void recordAnnotation(String key, boolean value) {
        keep(key, value);
        if (isKept()) {
            part.recordAnnotation(key, value);
        }
    }

    @Override
    protected void recordMetadata(String namespace, String key, String json) {
        if (isKept()) {
            part.recordMetadata(namespace, key, json);
        }
    }

    @Override
    protected void recordException(List<ThrownException> chain) {
        recordException(chain, true);
    }

    @Override
    protected void recordException(List<ThrownException> chain, boolean failed) {
        if (isKept()) {
            part.recordException(chain, failed);
        }
    }

    @Override
    protected void recordOperation(String name) {
        if (isKept()) {
            part.recordOperation(name);
        }
    }

    @Override
    protected void recordHttp(Http.Request request) {
        if (isKept()) {
            part.recordHttp(request);
        }
    }

    @Override
    protected void recordHttp(Http.Response response) {
        if (isKept()) {
            part.recordHttp(response);
        }
    }

    @Override
    protected void recordSql(Sql sql) {
        if (isKept()) {
            part.recordSql(sql);
        }
    }

    @Override
    protected void recordUser(String value) {
        user = value;
        if (isKept()) {
            part.root().recordUser(value);
        }
    }

    @Override
    protected void recordEvent(String name, long epochNanos, @Nullable String attributes) {
        if (isKept()) {
            part.recordEvent(name, epochNanos, attributes);
        }
    }

    @Override
    protected void recordLink(String traceId, String spanId) {
        if (isKept()) {
            part.recordLink(traceId, spanId);
        }
    }

    @Override
    protected void leave() {
        part.detach();
    }

    @Override
    protected void beforeEnd() {
        if (isKept()) {
            part.beforeEnd();
        }
    }

    @Override
    protected void recordEnd(Outcome outcome, long endEpochNanos) {
        long end = endEpochNanos;
        try {
            if (isKept()) {
                end = part.now(); // by the clock that gave the start
                part.endAs(outcome, end);
            } else {
                part.close();
            }
        } finally {
            tell(ListenerCalls::ended, seen(end, outcome));
            failure = null;
        }
    }
}
