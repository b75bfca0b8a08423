package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanSeed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A segment that we open and send: a root, or a request or message handled below another span. */
class SegmentSpan extends XRaySpan {

    /** So many more ended spans a segment holds before those that are complete leave ahead of it. */
    static final int HELD = 500;

    /** So many more bytes of them. */
    static final int HELD_BYTES = 1024 * 1024;

    /** So many it holds while the queue has no room; then they leave, and what has no room is counted as dropped. */
    static final int HELD_AT_MOST = 20_000;

    /** So many bytes of them. */
    static final int HELD_BYTES_AT_MOST = 4 * HELD_BYTES;

    final long traceIdHigh;
    final long traceIdLow;

    /** The parent's id, here or in another process; 0 for the first span of a trace. */
    final long parentId;

    /** The name that the request asked for; null where that is the backend's. */
    private final @Nullable String service;

    private final SegmentEntity entity = new SegmentEntity(this);

    /** Whether it has ended: from then on each of its spans is a document of its own. */
    private volatile boolean closed;

    // Ended spans that are here, and when to look whether some can leave; counted without care, for they need not be
    // exact.
    private int held;
    private long heldBytes;
    private int nextLook = HELD;
    private long nextLookBytes = HELD_BYTES;

    /** Open spans that no list reaches any more; guarded by the entity's monitor. */
    private @Nullable List<SubsegmentSpan> orphans;

    /** Spans begun after the end, and how many make it worth looking which have ended; guarded by the entity's monitor. */
    private @Nullable List<SubsegmentSpan> late;

    private int lateLimit = 64;

    private @Nullable UnsampledSpan unsampled;

    SegmentSpan(
            XRayBackend backend,
            SpanSpec spec,
            @Nullable XRaySpan parent,
            @Nullable Entity previous,
            @Nullable SpanSeed seed,
            TraceIds ids,
            boolean sampled) {
        super(backend, spec.under(ids.parent() != 0), parent, previous, seed, sampled);
        this.traceIdHigh = ids.high();
        this.traceIdLow = ids.low();
        this.parentId = ids.parent();
        this.service = seed != null && isRequest() ? seed.service() : null;
        if (service != null && sampled) {
            // As on the other way to X-Ray, where the exporter takes the name from this attribute and keeps it.
            content().metadata("default", "aws.local.service", JsonValues.quoted(service));
        }
    }

    /** Where a segment stands: its trace, and its parent's id (0 for none). */
    record TraceIds(long high, long low, long parent) {

        static TraceIds ofNewTrace() {
            return new TraceIds(Ids.newTraceIdHigh(System.currentTimeMillis() * 1_000_000L), Ids.newTraceIdLow(), 0);
        }

        /** A root's, as far as its seed decides. */
        static TraceIds of(@Nullable SpanSeed seed) {
            if (seed == null || seed.traceId() == null) {
                return ofNewTrace();
            }
            String parent = seed.parentSpanId();
            return of(seed.traceId(), parent == null ? 0 : Ids.bits(parent, 0));
        }

        static TraceIds of(String traceId, long parent) {
            return new TraceIds(Ids.bits(traceId, 0), Ids.bits(traceId, 16), parent);
        }
    }

    /** The segment as the SDK sees it. */
    @Override
    SegmentEntity entity() {
        return entity;
    }

    @Override
    Segment segment() {
        return entity;
    }

    @Override
    public String traceId() {
        return Ids.traceId(traceIdHigh, traceIdLow);
    }

    @Override
    protected boolean isSegment() {
        return true;
    }

    /** A request carries the service's name (the one that it asked for, by {@code tracing.naming}), as X-Ray's service map demands; a job or a message its own. */
    @Override
    String documentName() {
        return !isRequest() ? name() : service != null ? service : backend.service;
    }

    boolean isRequest() {
        return description().kind() == SpanKind.SERVER;
    }

    /** As the SDK's own sampling leaves its rule: {@code aws.xray.rule_name}. */
    void sampledBy(String rule) {
        entity.setRuleName(rule);
        decidedBy(rule);
    }

    boolean isClosed() {
        return closed;
    }

    void markClosed() {
        closed = true;
    }

    /** Keeps an open span that its parent's list, which has left, was the only one to reach. */
    void orphan(SubsegmentSpan span) {
        List<SubsegmentSpan> all = orphans;
        if (all == null) {
            all = new ArrayList<>();
            orphans = all;
        }
        all.add(span);
    }

    List<SubsegmentSpan> takeOrphans() {
        List<SubsegmentSpan> all = orphans;
        orphans = null;
        return all == null ? List.of() : all;
    }

    /** Keeps a span that was begun after the end until it has ended; true where it is the first that is kept. */
    boolean late(SubsegmentSpan span) {
        List<SubsegmentSpan> all = late;
        boolean first = all == null;
        if (all == null) {
            all = new ArrayList<>(4);
            late = all;
        } else if (all.size() >= lateLimit) {
            all.removeIf(one -> one.phase() != Phase.OPEN);
            lateLimit = Math.max(64, 2 * all.size());
        }
        all.add(span);
        return first;
    }

    /** Marks those that are open for longer than a moment; whether any are open for less. */
    boolean sweepLate(boolean all, List<Document> unfinished) {
        List<SubsegmentSpan> known = late;
        late = null;
        if (known == null) {
            return false;
        }
        long young = all ? Long.MAX_VALUE : now() - Held.MOMENT_NANOS;
        known.removeIf(one -> {
            if (one.start <= young && one.move(Phase.OPEN, Phase.ABANDONED)) {
                unfinished.add(Document.unfinished(one, now()));
            }
            return one.phase() != Phase.OPEN;
        });
        late = known.isEmpty() ? null : known;
        return !known.isEmpty();
    }

    /** The span of all children of a segment that is not sampled. */
    Span unsampledChild() {
        UnsampledSpan shared = unsampled;
        if (shared == null) {
            shared = new UnsampledSpan(description(), traceId(), spanId());
            unsampled = shared;
        }
        return shared;
    }

    /** A subsegment has ended: it stays here until the segment ends, unless there are too many. */
    void holds(int weight) {
        heldBytes += weight;
        if (++held >= nextLook || heldBytes >= nextLookBytes) {
            Tree.thin(this);
        }
    }

    boolean holdsTooMuch() {
        return held >= HELD_AT_MOST || heldBytes >= HELD_BYTES_AT_MOST;
    }

    /** So many have left. */
    void thinned(int spans, long bytes) {
        held = Math.max(0, held - spans);
        heldBytes = Math.max(0, heldBytes - bytes);
        nextLook = held + HELD;
        nextLookBytes = heldBytes + HELD_BYTES;
    }

    @Override
    protected void recordUser(String user) {
        content().user(user);
    }

    @Override
    void ended() {
        Tree.close(this);
    }

    /** Whether it becomes a document. */
    boolean isSent() {
        return true;
    }

    /** Whether the end of a span below it is its own. */
    boolean endsWith(SubsegmentSpan span) {
        return false;
    }

    /** When it ended; what is still open below it counts as open until then. */
    long closedAt() {
        return endNanos();
    }

    /** Where that is kept which the SDK's instrumentation records on it. */
    XRaySpan recordedOn() {
        return this;
    }
}
