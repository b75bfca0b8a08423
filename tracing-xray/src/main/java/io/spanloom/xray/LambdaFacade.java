package io.spanloom.xray;

import com.amazonaws.xray.contexts.LambdaSegmentContext;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.TraceHeader;
import com.amazonaws.xray.entities.TraceID;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Ids;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanSeed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The segment of an invocation in AWS Lambda, which Lambda itself sends: it has the ids that the invocation's header
 * names, stands above one top span of ours, and never is a document. What other instrumentation writes to it, where the
 * SDK's own facade throws, is written to that top span.
 */
final class LambdaFacade extends SegmentSpan {

    private static final SpanSpec SPEC = SpanSpec.named("lambda");

    /** How long the end of a top span waits for what is queued, where {@code tracing.xray.sending} queues even here. */
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final SubsegmentSpan top;

    private LambdaFacade(XRayBackend backend, TraceHeader header, SpanSpec spec, @Nullable SpanSeed seed) {
        super(backend, SPEC, null, null, ids(header), TraceIds.of(traceId(header), 0), isSampled(header));
        this.top = new SubsegmentSpan(backend, spec, entity(), this, header, seed);
    }

    /** The invocation that this thread works for, as the SDK finds it: what is empty is not known. */
    private static TraceHeader header() {
        return LambdaSegmentContext.getTraceHeaderFromEnvironment();
    }

    /** A span directly below the invocation's segment; null where no invocation is going on. */
    static @Nullable SubsegmentSpan top(XRayBackend backend, SpanSpec spec, @Nullable SpanSeed seed) {
        TraceHeader header = header();
        if (header.getRootTraceId() == null) {
            Reporter.warn(
                    "TRC-121",
                    "the span '" + spec.name() + "' was not recorded: no invocation is going on (AWS Lambda names its"
                            + " trace in _X_AMZN_TRACE_ID or the system property com.amazonaws.xray.traceHeader)");
            return null;
        }
        LambdaFacade facade = new LambdaFacade(backend, header, spec.under(true), seed);
        facade.linkTo(seed);
        return facade.top;
    }

    private static SpanSeed ids(TraceHeader header) {
        String parent = header.getParentId() == null ? null : Ids.validSpanId(header.getParentId());
        return new SpanSeed(null, null, null, parent, 0, null, null, false);
    }

    private static String traceId(TraceHeader header) {
        String id = Ids.fromXRay(header.getRootTraceId().toString());
        return id == null ? UnsampledSpan.NO_TRACE : id;
    }

    /** Without a parent or a decision the SDK records nothing either: active tracing is off. */
    private static boolean isSampled(TraceHeader header) {
        return header.getSampled() == TraceHeader.SampleDecision.SAMPLED
                && header.getParentId() != null
                && Ids.validSpanId(header.getParentId()) != null;
    }

    /** A message's or request's own trace cannot be continued below the function's segment. */
    private void linkTo(@Nullable SpanSeed seed) {
        if (seed == null || !seed.newRoot()) {
            return;
        }
        String trace = seed.traceId();
        String parent = seed.parentSpanId();
        if (trace != null && parent != null && !trace.equals(traceId())) {
            top.link(trace, parent);
        }
    }

    // --- one invocation after another --------------------------------------------------------------------------------

    /**
     * What is current, unless it was left behind by an earlier invocation. A span of ours that this very thread began for
     * another invocation was never closed; work of an earlier invocation that goes on elsewhere stays in its own.
     */
    static @Nullable Entity ofThisInvocation(Entity current) {
        TraceHeader now = header();
        TraceID trace = now.getRootTraceId();
        if (trace == null) {
            return current;
        }
        XRaySpan ours = SpanEntity.spanOf(current);
        if (ours != null && ours.segment() instanceof SegmentEntity segment) {
            if (segment.span() instanceof LambdaFacade facade && facade.isLeftBehind(now)) {
                facade.abandon();
                return null;
            }
            return current;
        }
        return trace.equals(current.getParentSegment().getTraceId()) ? current : null;
    }

    private boolean isLeftBehind(TraceHeader now) {
        if (!isOnOwnThread()) {
            return false;
        }
        String parent = now.getParentId() == null ? null : Ids.validSpanId(now.getParentId());
        return !traceId().equals(traceId(now)) || parent != null && !parent.equals(spanId());
    }

    private void abandon() {
        Reporter.warn(
                "TRC-120",
                "the span '" + top.name() + "' of an earlier invocation was never closed: it is sent as unfinished, and"
                        + " this invocation begins anew");
        if (isSampled() && !isClosed()) {
            Tree.close(this);
        }
    }

    // --- its top span ------------------------------------------------------------------------------------------------

    @Override
    boolean isSent() {
        return false;
    }

    @Override
    boolean endsWith(SubsegmentSpan span) {
        return span == top;
    }

    /** All that the invocation has recorded leaves before Lambda freezes the process. */
    @Override
    void ended() {
        super.ended();
        backend.exporter.flush(FLUSH);
    }

    @Override
    long closedAt() {
        return top.endNanos() != 0 ? top.endNanos() : now();
    }

    @Override
    XRaySpan recordedOn() {
        return top;
    }

    @Override
    Content content() {
        return top.content();
    }

    @Override
    @Nullable
    Content peekContent() {
        return top.peekContent();
    }

    @Override
    void annotate(String key, Object value) {
        top.annotate(key, value);
    }

    /** X-Ray keeps users on segments, and this one is not ours to write. */
    @Override
    protected void recordUser(String user) {
        top.annotation("user", user);
    }
}
