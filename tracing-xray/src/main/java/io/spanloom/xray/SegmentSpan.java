package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanSeed;
import org.jspecify.annotations.Nullable;

/** A segment that we open and send: a root, or a request or message handled below another span. */
final class SegmentSpan extends XRaySpan {

    /** So many ended spans a segment holds before those that are complete leave ahead of it. */
    static final int HELD = 500;

    final long traceIdHigh;
    final long traceIdLow;

    /** The parent's id, here or in another process; 0 for the first span of a trace. */
    final long parentId;

    private final SegmentEntity entity = new SegmentEntity(this);

    /** Whether it has ended: from then on each of its spans is a document of its own. */
    private volatile boolean closed;

    /** Ended spans since the last time that some left; counted without care, for it need not be exact. */
    private int held;

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

    /** A request carries the service's name, as X-Ray's service map demands; a job or a message its own. */
    @Override
    String documentName() {
        return isRequest() ? backend.service : name();
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

    void close(boolean now) {
        closed = now;
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
    void holds() {
        if (++held >= HELD) {
            held = 0;
            Tree.thin(this);
        }
    }

    @Override
    protected void recordUser(String user) {
        content().user(user);
    }

    @Override
    void ended() {
        Tree.close(this);
    }
}
