package io.spanloom;

import io.spanloom.internal.JsonSnapshot;
import io.spanloom.spi.ThrownException;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** What only few spans have: a failure, a later name, events, links. Kept apart so that all others do not pay for it. */
final class SpanExtras {

    /** Beyond so many, events and links are counted, not kept (OpenTelemetry's default limit for both). */
    private static final int LIMIT = 128;

    /** So many events go to backends that have them: half of what OpenTelemetry keeps, where exceptions are events, too. */
    private static final int LIVE_EVENTS = 1_000;

    /** All events together keep so many characters, as any value of metadata does. */
    private static final int EVENTS_CHARS = 16 * 1024;

    private static final WeakReference<Throwable> NONE = new WeakReference<>(null);

    /** The last throwable that this span or one below it recorded; weak, for a span may be open for days. */
    private WeakReference<Throwable> recorded = NONE;

    private @Nullable StringBuilder events;
    private int eventCount;
    private int eventsLeftOut;
    private @Nullable StringBuilder links;
    private int linkCount;

    /** What came with the request and goes with every call: kept on the root. */
    private volatile @Nullable String traceState;

    private volatile @Nullable String xrayExtras;

    /** What the operation is called, where that became known after its start. */
    private volatile @Nullable String operation;

    /** Whether the request asked for the decision. */
    private volatile boolean asked;

    /** The sampling rule that decided about this root. */
    private volatile @Nullable String samplingRule;

    /** The span around this one, where somebody listens. */
    private volatile @Nullable ListenedSpan listened;

    /** Where the span was opened, while that is watched. */
    private volatile LeakDetector.@Nullable Opening opening;

    /** Records what was thrown, unless a span below has; the spans above are told that it is known. */
    static void thrown(Span span, Throwable thrown, boolean failure) {
        try {
            record(span, thrown, failure);
        } catch (Throwable refusal) {
            Span.refused(refusal);
        }
        if (failure && span instanceof ListenedSpan listened) {
            listened.failedWith(thrown);
        }
    }

    private static void record(Span span, Throwable thrown, boolean failure) {
        SpanExtras mine = span.peekExtras();
        if (span.isKept() && (mine == null || !mine.isRecorded(thrown))) {
            span.recordException(ThrownException.chain(thrown, span.spec().stackTrace()), failure);
        }
        WeakReference<Throwable> known = new WeakReference<>(thrown);
        for (Span above = span; above != null; above = above.parent()) {
            if (!above.extras().remember(known)) {
                break; // those further up know it already
            }
        }
    }

    void operation(String name) {
        operation = name;
    }

    @Nullable
    String operation() {
        return operation;
    }

    void opening(LeakDetector.@Nullable Opening where) {
        opening = where;
    }

    /** The span was taken off the thread that opened it. */
    void left() {
        LeakDetector.Opening watched = opening;
        if (watched != null) {
            watched.left();
        }
    }

    void ended() {
        LeakDetector.Opening watched = opening;
        if (watched != null) {
            watched.ended();
        }
    }

    void listened(ListenedSpan whole) {
        listened = whole;
    }

    @Nullable
    ListenedSpan listened() {
        return listened;
    }

    void pass(@Nullable String state, @Nullable String extras) {
        traceState = state;
        xrayExtras = extras;
    }

    /** The caller wants to know whether the trace is recorded. */
    void asked() {
        asked = true;
    }

    boolean isAsked() {
        return asked;
    }

    void samplingRule(String name) {
        samplingRule = name;
    }

    @Nullable
    String samplingRule() {
        return samplingRule;
    }

    @Nullable
    String traceState() {
        return traceState;
    }

    @Nullable
    String xrayExtras() {
        return xrayExtras;
    }

    synchronized boolean isRecorded(Throwable thrown) {
        return recorded.refersTo(thrown);
    }

    /** False where it was known already. */
    synchronized boolean remember(WeakReference<Throwable> thrown) {
        boolean news = !recorded.refersTo(thrown.get());
        recorded = thrown;
        return news;
    }

    /** False where there are so many that backends with events shall have no more. */
    synchronized boolean event(String name, long epochNanos, @Nullable String attributes) {
        int more = name.length() + (attributes == null ? 0 : attributes.length());
        if (eventCount++ >= LIMIT || events != null && events.length() + more > EVENTS_CHARS) {
            eventsLeftOut++;
            return eventCount <= LIVE_EVENTS;
        }
        StringBuilder json = events = begin(events);
        json.append("{\"name\":");
        JsonSnapshot.quote(json, name);
        json.append(",\"time\":");
        JsonSnapshot.epochSeconds(json, epochNanos);
        if (attributes != null) {
            json.append(",\"attributes\":").append(attributes);
        }
        json.append('}');
        return true;
    }

    /** False where there are too many. */
    synchronized boolean link(String traceId, String spanId) {
        if (linkCount++ >= LIMIT) {
            return false;
        }
        links = begin(links)
                .append("{\"trace_id\":\"")
                .append(traceId)
                .append("\",\"id\":\"")
                .append(spanId)
                .append("\"}");
        return true;
    }

    private static StringBuilder begin(@Nullable StringBuilder json) {
        return json == null ? new StringBuilder(96).append('[') : json.append(',');
    }

    /** Gives the span its events and links as metadata, so that they show on a backend that knows neither. */
    synchronized void flushTo(Span span) {
        flush(span, "events", events, eventsLeftOut);
        flush(span, "links", links, Math.max(0, linkCount - LIMIT));
        events = null;
        links = null;
    }

    private static void flush(Span span, String namespace, @Nullable StringBuilder json, int leftOut) {
        if (json != null) {
            span.recordMetadata(namespace, "list", json.append(']').toString());
            if (leftOut > 0) {
                span.recordMetadata(namespace, "left_out", Integer.toString(leftOut));
            }
        }
    }
}
