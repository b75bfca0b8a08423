package io.spanloom.spi;

import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A span that is kept in memory, with everything it was given; see {@link MemoryBackend}. Any thread may read it at any
 * time; what it returns are copies.
 */
public final class MemorySpan extends Span {

    /** Spans of one trace that are kept as children: a root that never ends must not fill the memory. */
    static final int SPANS_KEPT = 10_000;

    /** Annotations, and metadata values, and exceptions with their causes, of one span that are kept: of each so many. */
    static final int VALUES_KEPT = 1_000;

    private final MemoryBackend backend;

    /** The number of spans that were started below this trace's root; one counter for all of them. */
    private final AtomicInteger spansBelow;

    private final long traceIdHigh;
    private final long traceIdLow;
    private final long id;
    /** The id that it was started below, which may not be {@link #parent()}'s; 0 for none. */
    private final long parentId;

    private final long start;
    /**
     * What was current on the starting thread before this span, or of that the nearest that has not ended; null, too, once
     * this span was left.
     */
    @Nullable
    MemorySpan previous;

    private long end;
    private Outcome outcome = Outcome.OK;
    private Http.@Nullable Request request;
    private Http.@Nullable Response response;
    private @Nullable Sql sql;
    private @Nullable Aws aws;
    private @Nullable String user;
    private final @Nullable String service;
    private @Nullable String rule;

    /** The annotations of the span's own thread, which takes no lock; see {@link Pairs}. */
    private Object[] own = Pairs.NONE;

    /** Those of other threads, later ones of its own, and what {@link #own} has no room for. */
    private @Nullable Map<String, Object> further;

    private @Nullable Map<String, Map<String, String>> metadata;
    private @Nullable List<ThrownException> exceptions;
    private @Nullable List<MemorySpan> children;
    private int metadataValues;
    private int valuesLeftOut;

    MemorySpan(
            MemoryBackend backend,
            SpanSpec spec,
            @Nullable MemorySpan parent,
            @Nullable MemorySpan previous,
            @Nullable SpanSeed seed,
            boolean sampled) {
        super(spec.under(parent != null || seed != null && seed.parentSpanId() != null), parent, sampled);
        this.backend = backend;
        this.previous = previous;
        this.spansBelow = parent == null ? new AtomicInteger() : parent.spansBelow;
        this.start = seed != null && seed.startEpochNanos() != 0 ? seed.startEpochNanos() : now();
        this.service = seed == null ? null : seed.service();
        this.id = seed != null && seed.spanId() != null ? Ids.bits(seed.spanId(), 0) : Ids.newSpanId();
        this.parentId = parent != null ? parent.id : remoteParent(seed);
        if (parent != null) {
            traceIdHigh = parent.traceIdHigh;
            traceIdLow = parent.traceIdLow;
            if (parent() instanceof MemorySpan open) { // not one that has ended, where another is open
                open.adopt(this);
            }
        } else if (seed != null && seed.traceId() != null) {
            traceIdHigh = Ids.bits(seed.traceId(), 0);
            traceIdLow = Ids.bits(seed.traceId(), 16);
        } else {
            traceIdHigh = Ids.newTraceIdHigh(System.currentTimeMillis() * 1_000_000L);
            traceIdLow = Ids.newTraceIdLow();
        }
    }

    private static long remoteParent(@Nullable SpanSeed seed) {
        String given = seed == null ? null : seed.parentSpanId();
        return given == null ? 0 : Ids.bits(given, 0);
    }

    private void adopt(MemorySpan child) {
        if (isRecording() && spansBelow.getAndIncrement() < SPANS_KEPT) {
            synchronized (this) {
                if (children == null) {
                    children = new ArrayList<>();
                }
                children.add(child);
            }
        }
    }

    /** How many spans of this trace are in nobody's {@link #children}, because {@value #SPANS_KEPT} are. */
    public int leftOut() {
        return Math.max(0, spansBelow.get() - SPANS_KEPT);
    }

    /** How many annotations, metadata values and exceptions of this span are left out, because {@value #VALUES_KEPT} are kept. */
    public synchronized int valuesLeftOut() {
        return valuesLeftOut;
    }

    @Override
    public String traceId() {
        return Ids.traceId(traceIdHigh, traceIdLow);
    }

    @Override
    public String spanId() {
        return Ids.spanId(id);
    }

    /** The parent's id, here or in another process; null for the first span of a trace. */
    public @Nullable String parentSpanId() {
        return parentId == 0 ? null : Ids.spanId(parentId);
    }

    /** The sampling rule by which this root is recorded; null where none decided. */
    public @Nullable String rule() {
        return rule;
    }

    void sampledBy(String name) {
        rule = name;
        decidedBy(name);
    }

    /** The name under which the request was asked for; null where that is {@code tracing.service}. */
    public @Nullable String service() {
        return service;
    }

    /** How it was started; its kind is the one that it has under its parent. */
    public SpanSpec description() {
        return spec();
    }

    /** When it started, in nanoseconds since the epoch. */
    public long startEpochNanos() {
        return start;
    }

    /** When it ended; 0 while it has not. */
    public synchronized long endEpochNanos() {
        return end;
    }

    /** How it went so far; {@link Outcome#OK} where nobody has said otherwise. */
    public synchronized Outcome outcome() {
        return outcome;
    }

    /** Values are String, Long, Double or Boolean. */
    public synchronized Map<String, Object> annotations() {
        Map<String, Object> copy = new LinkedHashMap<>();
        Object[] pairs = Pairs.copy(own);
        for (int i = 0; i < pairs.length; i += 2) {
            copy.put((String) pairs[i], pairs[i + 1]);
        }
        if (further != null) {
            copy.putAll(further);
        }
        return copy;
    }

    /** JSON by namespace and key. */
    public synchronized Map<String, Map<String, String>> metadata() {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        if (metadata != null) {
            metadata.forEach((namespace, values) -> copy.put(namespace, new LinkedHashMap<>(values)));
        }
        return copy;
    }

    /** Outermost first, each followed by its causes. */
    public synchronized List<ThrownException> exceptions() {
        return exceptions == null ? List.of() : List.copyOf(exceptions);
    }

    /** The HTTP request that it stands for, as recorded; null where none was. */
    public synchronized Http.@Nullable Request request() {
        return request;
    }

    /** How the request was answered, as recorded; null where that was not. */
    public synchronized Http.@Nullable Response response() {
        return response;
    }

    /** The statement that it stands for, as recorded; null where none was. */
    public synchronized @Nullable Sql sql() {
        return sql;
    }

    /** The call of an AWS service that it stands for, as recorded; null where none was. */
    public synchronized @Nullable Aws aws() {
        return aws;
    }

    /** Whom the request was made for, as recorded; null where nobody has said. */
    public synchronized @Nullable String user() {
        return user;
    }

    /** The spans started below it, in order of their start; the first {@value #SPANS_KEPT} of a trace are kept. */
    public synchronized List<MemorySpan> children() {
        return children == null ? List.of() : List.copyOf(children);
    }

    @Override
    protected void recordAnnotation(String key, String value) {
        annotate(key, value);
    }

    @Override
    protected void recordAnnotation(String key, long value) {
        annotate(key, value);
    }

    @Override
    protected void recordAnnotation(String key, double value) {
        annotate(key, value);
    }

    @Override
    protected void recordAnnotation(String key, boolean value) {
        annotate(key, value);
    }

    private void annotate(String key, Object value) {
        if (isOnOwnThread() && further == null) {
            Object[] kept = Pairs.put(own, key, value);
            if (kept != null) {
                own = kept;
                return;
            }
        }
        synchronized (this) {
            if (further == null) {
                further = new LinkedHashMap<>();
            }
            if (further.size() + Pairs.copy(own).length / 2 < VALUES_KEPT
                    || annotations().containsKey(key)) {
                further.put(key, value);
            } else {
                valuesLeftOut++;
            }
        }
    }

    @Override
    protected synchronized void recordMetadata(String namespace, String key, String json) {
        if (metadata == null) {
            metadata = new LinkedHashMap<>();
        }
        Map<String, String> known = metadata.get(namespace);
        boolean replaces = known != null && known.containsKey(key);
        if (!replaces && metadataValues >= VALUES_KEPT) {
            valuesLeftOut++;
            return;
        }
        metadata.computeIfAbsent(namespace, n -> new LinkedHashMap<>()).put(key, json);
        metadataValues += replaces ? 0 : 1;
    }

    @Override
    protected synchronized void recordException(List<ThrownException> chain) {
        if (exceptions == null) {
            exceptions = new ArrayList<>(chain.size());
        }
        if (exceptions.size() + chain.size() > VALUES_KEPT) {
            valuesLeftOut++;
        } else {
            exceptions.addAll(chain);
        }
    }

    @Override
    protected synchronized void recordHttp(Http.Request value) {
        request = value;
    }

    @Override
    protected synchronized void recordHttp(Http.Response value) {
        response = value;
    }

    @Override
    protected synchronized void recordSql(Sql value) {
        sql = value;
    }

    @Override
    protected synchronized void recordAws(Aws value) {
        aws = value;
    }

    @Override
    protected synchronized void recordUser(String value) {
        user = value;
    }

    @Override
    protected void leave() {
        backend.leave(this);
    }

    @Override
    protected void recordEnd(Outcome how, long endEpochNanos) {
        synchronized (this) {
            outcome = how;
            end = endEpochNanos;
        }
        forgetEndedPrevious();
        backend.ended(this);
    }

    /**
     * Ended by another thread: its own may never come back to it. Work that continues itself for ever must not keep every span
     * of it alive by what was current before each.
     */
    private void forgetEndedPrevious() {
        MemorySpan above = previous;
        while (above != null && above.isEnded() && above.previous != null) {
            above = above.previous;
        }
        previous = above;
    }
}
