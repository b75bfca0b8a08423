package io.spanloom;

import io.spanloom.internal.AnnotationKeys;
import io.spanloom.internal.EpochClock;
import io.spanloom.internal.Fatal;
import io.spanloom.internal.JsonSnapshot;
import io.spanloom.internal.Names;
import io.spanloom.internal.XRayHeader;
import io.spanloom.spi.Ids;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanSeed;
import io.spanloom.spi.ThrownException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a trace: an X-Ray segment or subsegment, an OpenTelemetry span, or both.
 *
 * <pre>{@code
 * try (Span span = Tracing.subsegment("UserData")) {
 *     span.annotation("user_handle", handle);          // indexed: searchable
 *     span.metadata("timestamp", now.toString());      // kept beside it, not indexed
 * }
 * }</pre>
 *
 * <p><b>Errors.</b> No method throws into the application, and null arguments are ignored: what cannot be recorded is
 * left out. <b>Threads.</b> Any thread may record on a span and close it. Closing twice, out of order or on another
 * thread is safe and never ends somebody else's span. <b>After the end</b> nothing is recorded any more. <b>When not
 * recording</b> (unsampled, or tracing is off) every method returns at once.
 *
 * <p>Backends extend this class. Everything that must be the same everywhere happens in its final methods: keys and
 * values made canonical, values copied, the outcome decided, an end that happens once, and a guard around whatever the
 * backend throws. The protected {@code record...} methods receive only the clean result.
 */
public abstract class Span implements AutoCloseable {

    /** A {@linkplain #annotation annotation's} string value is cut after so many characters: the X-Ray service's limit. */
    public static final int ANNOTATION_CHARS = 1_000;

    /** An event's name is cut after so many characters; no backend names a limit, but memory has one. */
    private static final int EVENT_NAME_CHARS = 500;

    private static final VarHandle ENDED;
    private static final VarHandle EXTRAS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ENDED = lookup.findVarHandle(Span.class, "ended", boolean.class);
            EXTRAS = lookup.findVarHandle(Span.class, "extras", SpanExtras.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SpanSpec spec;
    private final @Nullable Span parent;
    /** The thread on which the span is current; null for a handle that owns neither a span nor a scope. */
    private final @Nullable Thread owner;

    private final boolean recording;
    /** Of a fan-out's parts it becomes the whole's, before anybody else sees them. */
    private long clockOffset;

    private volatile boolean ended;
    /** Whether it was taken off the owner's thread, which alone writes this: it needs no compare-and-set. */
    private boolean left;

    private boolean failed;
    private short httpStatus;
    /** What few spans have; made when first needed. */
    private volatile @Nullable SpanExtras extras;
    /** The span on all backends that this one is a part of: from before anybody else sees this one until, below a root, its end. */
    private @Nullable FanoutSpan whole;

    /**
     * A span that its backend starts now and makes current on this thread.
     *
     * @param spec as {@link SpanSpec#under} gave it
     * @param parent the parent among the backend's own spans; null where that is another's span, remote, or none
     * @param recording false where the trace is not sampled: no {@code record...} method is called then
     */
    protected Span(SpanSpec spec, @Nullable Span parent, boolean recording) {
        this.spec = spec;
        this.parent = parent == null || !parent.isEnded() ? parent : parent.openOrRoot();
        this.owner = Thread.currentThread();
        this.recording = recording;
        this.clockOffset =
                !recording ? 0 : parent != null && parent.recording ? parent.clockOffset : EpochClock.offset();
    }

    /**
     * A handle for a span that somebody else opened and will end: it records, but {@link #close} does nothing.
     *
     * @param recording whether the other span records
     */
    protected Span(SpanSpec spec, boolean recording) {
        this.spec = spec;
        this.parent = null;
        this.owner = null;
        this.recording = recording;
        this.clockOffset = recording ? EpochClock.offset() : 0;
    }

    /** A span that does nothing: what is current where nothing is, and what tracing starts when it is off. */
    public static Span noop() {
        return NoopSpan.INSTANCE;
    }

    // --- what an application calls ---------------------------------------------------------------------------------

    /**
     * An indexed, searchable value. Characters of the key other than {@code [A-Za-z0-9_]} become {@code _}; the value
     * is cut at {@value #ANNOTATION_CHARS} characters; an empty one is left out, as X-Ray does. The last value of a
     * key stays. X-Ray indexes 50 annotations per trace.
     */
    public final Span annotation(String key, @Nullable String value) {
        if (records(key) && value != null && !value.isEmpty()) {
            try {
                recordAnnotation(AnnotationKeys.written(key), Names.cut(value, ANNOTATION_CHARS));
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** An indexed, searchable whole number. */
    public final Span annotation(String key, long value) {
        if (records(key)) {
            try {
                recordAnnotation(AnnotationKeys.written(key), value);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** An indexed, searchable number. NaN and the infinities are left out: JSON has no form for them. */
    public final Span annotation(String key, double value) {
        if (records(key) && Double.isFinite(value)) {
            try {
                recordAnnotation(AnnotationKeys.written(key), value);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** An indexed, searchable truth value. */
    public final Span annotation(String key, boolean value) {
        if (records(key)) {
            try {
                recordAnnotation(AnnotationKeys.written(key), value);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** An indexed, searchable number: whole ones as long, all others as double. Null is left out. */
    public final Span annotation(String key, @Nullable Number value) {
        if (value == null || !records(key)) {
            return this;
        }
        try {
            return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte
                    ? annotation(key, value.longValue())
                    : annotation(key, value.doubleValue());
        } catch (Throwable thrown) { // a Number of the application's own
            refused(thrown);
            return this;
        }
    }

    /** An indexed, searchable truth value. Null is left out. */
    public final Span annotation(String key, @Nullable Boolean value) {
        return value == null ? this : annotation(key, value.booleanValue());
    }

    /** A value in the namespace {@code default}; see {@link #metadata(String, String, Object)}. */
    public final Span metadata(String key, @Nullable Object value) {
        return metadata("default", key, value);
    }

    /**
     * A value of any shape, kept beside the span and not indexed.
     *
     * <p>It is copied at once, so later changes do not show: plain values, collections, maps, arrays, records and
     * beans, to a bounded depth, width and size (8 levels, 256 elements each, 16 KiB of JSON in all; what is left out is
     * marked). Iterators, streams and uninitialised persistence proxies are never touched; a getter that throws is
     * noted; values under secret-looking keys (password, token, authorization, ...) are replaced by {@code ***}. An
     * empty string, collection or map is left out, as both of X-Ray's own ways do.
     */
    public final Span metadata(String namespace, String key, @Nullable Object value) {
        if (records(key) && namespace != null && isKept()) {
            try {
                String json = JsonSnapshot.of(key, value);
                if (json != null) {
                    recordMetadata(Names.metadataNamespace(namespace), Names.metadataKey(key), json);
                }
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** Something that happened at this moment of the operation. */
    public final Span event(String name) {
        return event(name, Map.of());
    }

    /**
     * Something that happened at this moment of the operation, with attributes (copied like metadata).
     * X-Ray has no events: there, and beside the real event in OpenTelemetry (of 1,000 at most, so that exceptions find
     * room), they are metadata in {@code events}.
     */
    public final Span event(String name, Map<String, ?> attributes) {
        if (records(name) && attributes != null && isKept()) {
            try {
                long now = now();
                String json = JsonSnapshot.of("", attributes);
                String kept = Names.cut(name, EVENT_NAME_CHARS);
                if (extras().event(kept, now, json)) {
                    recordEvent(kept, now, json);
                }
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /**
     * A span of another trace that this one has to do with, such as the one that sent a message.
     *
     * @param traceId in either form, {@code 32hex} or {@code 1-8hex-24hex}; anything else is ignored
     * @param spanId 16 hex digits; anything else is ignored
     */
    public final Span link(String traceId, String spanId) {
        if (records(traceId) && spanId != null) {
            String trace = traceId.length() == 35 ? Ids.fromXRay(traceId) : Ids.validTraceId(traceId);
            String span = Ids.validSpanId(spanId);
            if (trace != null && span != null) {
                try {
                    if (extras().link(trace, span)) {
                        recordLink(trace, span);
                    }
                } catch (Throwable thrown) {
                    refused(thrown);
                }
            }
        }
        return this;
    }

    /** The request that this span answers or makes. */
    public final Span http(Http.Request request) {
        if (records(request)) {
            try {
                recordHttp(request);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** The response that this span gives or gets. Its status decides the {@linkplain Outcome outcome}. */
    public final Span http(Http.Response response) {
        if (records(response)) {
            try {
                httpStatus = (short) Math.max(0, Math.min(response.status(), Short.MAX_VALUE));
                recordHttp(response);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** The database statement that this span stands for. On a segment it is metadata {@code sql}: X-Ray knows it of calls. */
    public final Span sql(Sql sql) {
        if (records(sql)) {
            try {
                sql.recordOn(this);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** The call of an AWS service that this span stands for. On a segment it is metadata {@code aws}. The last one stays. */
    public final Span aws(Aws aws) {
        if (records(aws)) {
            try {
                aws.recordOn(this);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** Who the request is for: recorded on the trace's segment here, where X-Ray indexes it; at most 250 characters. */
    public final Span user(@Nullable String user) {
        if (user != null && !user.isEmpty() && recording) {
            Span root = root();
            if (root.records(user)) {
                try {
                    root.recordUser(Names.cut(user, 250));
                } catch (Throwable thrown) {
                    refused(thrown);
                }
            }
        }
        return this;
    }

    /**
     * The operation failed with this exception: recorded with its causes, outcome {@link Outcome#FAULT}. The deepest
     * span that fails with an exception records it; the spans above it that fail with the same one carry the fault only.
     */
    public final Span fail(Throwable thrown) {
        if (records(thrown)) {
            failed = true;
            SpanExtras.thrown(this, thrown, true);
        }
        return this;
    }

    /** The exception belongs to the operation's normal life: recorded with its causes, and no fault. */
    public final Span expected(Throwable thrown) {
        if (records(thrown)) {
            SpanExtras.thrown(this, thrown, false);
        }
        return this;
    }

    /**
     * Names a request's operation, where that is known later than its start, as a route is; by the rules of
     * {@link SpanSpec#named}. The last name stays. What is no request keeps its name.
     */
    public final Span operation(String name) {
        if (spec.kind() == SpanKind.SERVER && owner != null && records(name)) {
            try {
                String kept = Names.spanName(name);
                extras().operation(kept);
                recordOperation(kept);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
        return this;
    }

    /** The operation's name, as every backend shows it. */
    public String name() {
        SpanExtras rare = extras;
        String later = rare == null ? null : rare.operation();
        return later == null ? spec.name() : later;
    }

    /** The trace's id as W3C writes it, 32 lower-case hex digits; all zero on a span that does nothing. */
    public abstract String traceId();

    /** The trace's id as X-Ray writes it, {@code 1-8hex-24hex}: the same bits as {@link #traceId}. */
    public final String xrayTraceId() {
        return Ids.toXRay(traceId());
    }

    /** The span's id, 16 lower-case hex digits; all zero on a span that does nothing. */
    public abstract String spanId();

    /** Whether anything that is recorded here is kept, or told to a {@link SpanListeners listener}. False costs nothing: ask before computing costly values. */
    public final boolean isRecording() {
        return recording && !ended;
    }

    /** Whether the trace is sampled: what is told to the services called from here. */
    public boolean isSampled() {
        return recording;
    }

    /**
     * Takes the span off this thread without ending it, for work that another thread will end.
     *
     * <pre>{@code
     * Span span = Tracing.span("fetch").detach();
     * client.fetch(url, answer -> span.close());
     * }</pre>
     *
     * <p>What was current before is current again. On another thread than the one that started it, it does nothing.
     */
    public final Span detach() {
        if (owner == Thread.currentThread() && !left) {
            left = true;
            SpanExtras rare = extras;
            if (rare != null) {
                rare.left();
            }
            try {
                leave();
            } catch (Throwable thrown) {
                refused(thrown);
            }
            LogContext.follow();
        }
        return this;
    }

    /** Ends the span and takes it off this thread; what was current before is current again. */
    @Override
    public final void close() {
        close(null);
    }

    /**
     * Ends the span as {@link #close()} does, with what the operation threw.
     *
     * @param thrown counts as {@link #fail} unless the {@link SpanSpec} ignores or expects its type; null for none
     */
    public final void close(@Nullable Throwable thrown) {
        if (owner == null) {
            return;
        }
        FanoutSpan all = whole;
        if (all != null) { // it is one backend's part, closed by that backend's own handle
            all.close(thrown);
            return;
        }
        if (thrown != null && isRecording() && !spec.ignores(thrown)) {
            if (spec.expects(thrown)) {
                expected(thrown);
            } else {
                fail(thrown);
            }
        }
        detach();
        if (!recording) {
            if (endsNow()) {
                tellEnd();
                endUnrecorded();
            }
            return;
        }
        try {
            if (!ended) {
                beforeEnd();
                SpanExtras rare = extras;
                if (rare != null) {
                    rare.flushTo(this);
                }
            }
        } catch (Throwable refusal) {
            refused(refusal);
        }
        if (endsNow()) {
            tellEnd();
            try {
                recordEnd(outcomeSoFar(), now());
            } catch (Throwable refusal) {
                refused(refusal);
            }
        }
    }

    // --- what a backend calls ----------------------------------------------------------------------------------------

    /** What the span was started as. */
    protected final SpanSpec spec() {
        return spec;
    }

    /**
     * The parent among this backend's own spans; null where there is none. Of a span that began after its parent's end,
     * the nearest one above that had not ended, else the root.
     */
    public final @Nullable Span parent() {
        return parent;
    }

    /** The topmost of this backend's own spans above this one: the segment, as far as this process knows it. */
    public final Span root() {
        Span top = this;
        for (Span next = parent; next != null; next = next.parent) {
            top = next;
        }
        return top;
    }

    /** Passes over what has ended: work that continues itself for ever would keep every span of it alive. */
    private Span openOrRoot() {
        Span above = this;
        while (above.isEnded() && above.parent != null) {
            above = above.parent;
        }
        return above;
    }

    /** Epoch nanoseconds by the clock of this span's trace. */
    protected final long now() {
        return System.nanoTime() + clockOffset;
    }

    /** When the span started, for the backends that follow this one in a fan-out: now, unless a backend keeps it. */
    protected long startEpochNanos() {
        return now();
    }

    /** Whether the span has ended. */
    public final boolean isEnded() {
        return ended;
    }

    /**
     * Whether the span, though found current on this thread, should not be: another thread has ended it, and this one,
     * which started it, never left it. A backend that finds such a span current goes on to what was current before it.
     */
    public final boolean isStale() {
        return ended && owner == Thread.currentThread() && !left;
    }

    /** Whether X-Ray shows the span as a segment; a backend that knows better than the kind says so. */
    protected boolean isSegment() {
        return spec.kind().entersService();
    }

    /**
     * Whether the span was taken off the thread that started it, so that nobody will ask what was current before it.
     * Another thread may learn of it late, unless it was handed the span afterwards.
     */
    protected final boolean isLeft() {
        return left;
    }

    /** Receives an annotation: key and value are canonical. */
    protected abstract void recordAnnotation(String key, String value);

    /** Receives an annotation: the key is canonical. */
    protected abstract void recordAnnotation(String key, long value);

    /** Receives an annotation: the key is canonical, the value finite. */
    protected abstract void recordAnnotation(String key, double value);

    /** Receives an annotation: the key is canonical. */
    protected abstract void recordAnnotation(String key, boolean value);

    /** Receives metadata. {@code json} is one valid, compact JSON value; a later one of the same key replaces it. */
    protected abstract void recordMetadata(String namespace, String key, String json);

    /** Receives an exception and its causes, outermost first. The outcome is told at the end. */
    protected abstract void recordException(List<ThrownException> chain);

    /**
     * Receives an exception as {@link #recordException(List)} does. Handles override this one, because nobody tells them
     * of an end.
     *
     * @param failure whether the operation failed with it; false where it was {@linkplain #expected expected}
     */
    protected void recordException(List<ThrownException> chain, boolean failure) {
        recordException(chain);
    }

    /** Receives the {@linkplain #operation name} that {@link #name} says from now on, where the backend has written another. */
    protected void recordOperation(String name) {}

    /** Receives the request. */
    protected abstract void recordHttp(Http.Request request);

    /** Receives the response. */
    protected abstract void recordHttp(Http.Response response);

    /** Receives the statement. */
    protected abstract void recordSql(Sql sql);

    /** Receives the call of an AWS service; it is metadata where a backend has no better place. */
    protected void recordAws(Aws aws) {
        aws.metadataOf(this);
    }

    /** Receives the user; called on the root only. */
    protected abstract void recordUser(String user);

    /**
     * Receives an event at once, for backends that have events. Every backend gets all events as metadata, too.
     *
     * @param attributes a JSON object, or null where there are none
     */
    protected void recordEvent(String name, long epochNanos, @Nullable String attributes) {}

    /** Receives a link at once, for backends that have links. Every backend gets all links as metadata, too. */
    protected void recordLink(String traceId, String spanId) {}

    /**
     * Makes current again what was current before this span: called at most once, on the thread that started it, before
     * the end. Where this span is no longer anywhere below what is current (it was left out of order), nothing changes.
     */
    protected abstract void leave();

    /**
     * The last moment at which the span records: for a backend that lets others have a look. Called before
     * {@link #recordEnd}; twice where two threads end the span at the same moment.
     */
    protected void beforeEnd() {}

    /** Ends the span: called at most once, on any thread, and only on a recording span. */
    protected abstract void recordEnd(Outcome outcome, long endEpochNanos);

    // --- insides -----------------------------------------------------------------------------------------------------

    private boolean records(@Nullable Object needed) {
        return recording && needed != null && !ended;
    }

    final Outcome outcomeSoFar() {
        if (httpStatus != 0) {
            return Outcome.ofHttpStatus(httpStatus);
        }
        return failed ? Outcome.FAULT : Outcome.OK;
    }

    /** Whether this thread is the one that started the span, which alone may do without locks. */
    protected final boolean isOnOwnThread() {
        return owner == Thread.currentThread();
    }

    /** Whether closing this span ends something: false for handles, and for the one span under an unsampled parent. */
    final boolean ownsScope() {
        return owner != null;
    }

    /** False where what is recorded is only told. */
    boolean isKept() {
        return true;
    }

    final void shareExtras(Span part) {
        extras = part.extras();
    }

    /** Ends what a span that does not record is made of. */
    void endUnrecorded() {}

    /** Ends a part of a fan-out, or what a listener is told of, as the whole was ended. */
    final void endAs(Outcome outcome, long endEpochNanos) {
        if (owner != null && endsNow() && recording) {
            recordEnd(outcome, endEpochNanos);
        }
    }

    final void isPartOf(@Nullable FanoutSpan fanout) {
        whole = fanout;
    }

    /** Takes the clock of another span of its trace, if that has one: two that each read the wall clock could be apart. */
    final void runsBy(Span other) {
        if (other.recording) {
            clockOffset = other.clockOffset;
        }
    }

    final @Nullable FanoutSpan whole() {
        return whole;
    }

    final @Nullable SpanExtras peekExtras() {
        return extras;
    }

    /** Has the further parts of an {@code X-Amzn-Trace-Id} sent on, of a trace that the backend found by itself. */
    protected final void passOn(String xrayHeader) {
        SpanSeed found = XRayHeader.parse(xrayHeader);
        if (found != null && found.xrayExtras() != null) {
            extras().pass(null, found.xrayExtras());
        }
    }

    /** Notes on a root which sampling rule decided, for the other backends of a fan-out. */
    protected final void decidedBy(String rule) {
        extras().samplingRule(rule);
    }

    /** The rule that decided about this root; null where none did, or where the span is no root. */
    final @Nullable String samplingRule() {
        SpanExtras rare = extras;
        return rare == null ? null : rare.samplingRule();
    }

    final SpanExtras extras() {
        SpanExtras known = extras;
        if (known != null) {
            return known;
        }
        SpanExtras fresh = new SpanExtras();
        SpanExtras winner = (SpanExtras) EXTRAS.compareAndExchange(this, null, fresh);
        return winner == null ? fresh : winner;
    }

    private void tellEnd() {
        SpanExtras rare = extras;
        if (rare != null) {
            rare.ended();
        }
    }

    /** Whether this call ends it: one does, however many threads try. */
    private boolean endsNow() {
        if (ended) {
            return false;
        }
        if (whole != null) { // whose end is one call's, and this its part in it: no other comes here
            ENDED.setRelease(this, true);
            return true;
        }
        return ENDED.compareAndSet(this, false, true);
    }

    static void refused(Throwable thrown) {
        Fatal.rethrow(thrown);
        Reporter.warn("TRC-020", "a span could not record what it was given; the application is not affected", thrown);
    }

    @Override
    public String toString() {
        return name() + " [" + traceId() + " " + spanId() + "]";
    }
}
