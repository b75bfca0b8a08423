package io.spanloom.xray;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.DoctorCheck;
import io.spanloom.spi.Findings;
import io.spanloom.spi.HeaderFormat;
import io.spanloom.spi.Ids;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SamplingDecision;
import io.spanloom.spi.SpanSeed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spans as X-Ray segments and subsegments, nested with those of the X-Ray SDK's own instrumentation.
 *
 * <p>The recorder is the application's, the global one, read anew each time: it may be replaced. Segments that we open
 * are sent by {@link Exporter}; those that the SDK's code opened are sent by the SDK, ours inside.
 */
final class XRayBackend implements Backend, DoctorCheck {

    final String service;
    final Exporter exporter;
    final Whereabouts whereabouts;
    private final Sampler sampler;
    private final @Nullable AdoptedEmitter adopted;
    private final DatagramSink daemon;

    XRayBackend(String service, Sampler sampler, DaemonAddress address) {
        this(service, sampler, new DaemonSocket(address), Exporter.Limits.DEFAULT, false);
    }

    XRayBackend(String service, Sampler sampler, DatagramSink daemon, Exporter.Limits limits, boolean adoptEmitter) {
        this(service, sampler, daemon, limits, adoptEmitter, Whereabouts.UNKNOWN);
    }

    XRayBackend(
            String service,
            Sampler sampler,
            DatagramSink daemon,
            Exporter.Limits limits,
            boolean adoptEmitter,
            Whereabouts whereabouts) {
        this.whereabouts = whereabouts;
        this.daemon = daemon;
        this.service = service;
        this.sampler = sampler;
        // Setting up the recorder takes 0.4 to 0.6 s: here rather than in the first span.
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        this.exporter = Exporter.of(daemon, limits);
        this.adopted = adoptEmitter ? AdoptedEmitter.of(recorder, exporter) : null;
    }

    @Override
    public String name() {
        return "xray";
    }

    @Override
    public void check(Findings findings) {
        daemon.check(findings);
    }

    @Override
    public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        Entity current = CurrentEntity.live(recorder);
        if (CurrentEntity.isLambda(recorder)) {
            return current == null ? top(recorder, spec, seed) : child(recorder, spec, seed, current);
        }
        boolean newRoot = seed != null && seed.newRoot();
        if (current != null && !newRoot) {
            return child(recorder, spec, seed, current);
        }
        if (spec.placement() == SpanSpec.Placement.SUBSEGMENT && !newRoot) {
            return Span.noop();
        }
        SegmentSpan.TraceIds ids = SegmentSpan.TraceIds.of(seed);
        SamplingDecision decision = SamplingDecision.take(sampler, spec, seed);
        SegmentSpan root = new SegmentSpan(this, spec, null, current, seed, ids, decision.sampled());
        if (decision.sampled() && decision.rule() != null) {
            root.sampledBy(decision.rule());
        }
        return enter(recorder, root);
    }

    /** In AWS Lambda, the first span on a thread: the segment above it is Lambda's own. */
    private Span top(AWSXRayRecorder recorder, SpanSpec spec, @Nullable SpanSeed seed) {
        SubsegmentSpan top = LambdaFacade.top(this, spec, seed);
        if (top == null) {
            return Span.noop();
        }
        CurrentEntity.set(recorder, top);
        if (top.isSampled() && !recorder.getSegmentListeners().isEmpty()) {
            Listeners.began(recorder, top);
        }
        return top;
    }

    private Span child(AWSXRayRecorder recorder, SpanSpec spec, @Nullable SpanSeed seed, Entity current) {
        XRaySpan parent = SpanEntity.spanOf(current);
        if (!current.isSampled()) {
            return parent instanceof SegmentSpan unsampled ? unsampled.unsampledChild() : unsampled(current);
        }
        SpanSpec placed = spec.under(true);
        Segment segment = parent != null ? parent.segment() : current.getParentSegment();
        if (placed.kind().entersService() && !CurrentEntity.isLambda(recorder)) {
            SegmentSpan.TraceIds ids = below(current, parent, segment);
            return enter(recorder, new SegmentSpan(this, placed, parent, current, seed, ids, true));
        }
        SubsegmentSpan span = new SubsegmentSpan(this, placed, parent, current, segment, seed);
        CurrentEntity.set(recorder, span);
        // Last: were it attached and something threw, the SDK would wait for it for ever.
        span.attach(parent, current);
        if (!recorder.getSegmentListeners().isEmpty()) {
            Listeners.began(recorder, span);
        }
        return span;
    }

    private static SegmentSpan enter(AWSXRayRecorder recorder, SegmentSpan span) {
        CurrentEntity.set(recorder, span.entity());
        if (span.isSampled() && !recorder.getSegmentListeners().isEmpty()) {
            Listeners.began(recorder, span.entity());
        }
        return span;
    }

    private static SegmentSpan.TraceIds below(Entity current, @Nullable XRaySpan parent, Segment segment) {
        long parentId = parent != null ? parent.id : Ids.bits(SdkHandle.spanId(current), 0);
        if (segment instanceof SegmentEntity ours) {
            return new SegmentSpan.TraceIds(ours.span().traceIdHigh, ours.span().traceIdLow, parentId);
        }
        return SegmentSpan.TraceIds.of(SdkHandle.traceId(current), parentId);
    }

    private static Span unsampled(Entity entity) {
        return new UnsampledSpan(
                SpanSpec.named(SdkHandle.name(entity)), SdkHandle.traceId(entity), SdkHandle.spanId(entity));
    }

    @Override
    public Span current() {
        Entity current = CurrentEntity.live(AWSXRay.getGlobalRecorder());
        if (current == null) {
            return Span.noop();
        }
        XRaySpan ours = SpanEntity.spanOf(current);
        return ours != null ? ours : current.isSampled() ? new SdkHandle(current) : unsampled(current);
    }

    @Override
    public @Nullable Object capture() {
        return CurrentEntity.live(AWSXRay.getGlobalRecorder());
    }

    @Override
    public @Nullable Object enter(@Nullable Object captured) {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        Entity before = CurrentEntity.get(recorder);
        if (captured != null || before != null) {
            CurrentEntity.set(recorder, (Entity) captured);
        }
        return before;
    }

    @Override
    public void leave(@Nullable Object entered) {
        CurrentEntity.set(AWSXRay.getGlobalRecorder(), (Entity) entered);
    }

    @Override
    public HeaderFormat headerFormat() {
        return HeaderFormat.XRAY;
    }

    @Override
    public BackendStats stats() {
        return exporter.stats();
    }

    @Override
    public boolean flush(Duration timeout) {
        return exporter.flush(timeout);
    }

    @Override
    public void close() {
        if (adopted != null) {
            adopted.giveBack();
        }
        exporter.close();
    }
}
