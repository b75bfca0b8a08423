package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.FacadeSegment;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceHeader;
import com.amazonaws.xray.internal.SamplingStrategyOverride;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Ids;
import io.spanloom.spi.SpanSeed;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subsegment: our span and the SDK's entity in one object. Its parent is {@link #previous}: one of our spans, or an
 * entity of the SDK.
 */
final class SubsegmentSpan extends XRaySpan implements SpanEntity, Subsegment {

    /** Below its parent, which embeds it. */
    private static final byte IN_PARENT = 0;
    /** Begun under something that is sent already: below the segment itself, in a document of its own. */
    private static final byte IN_SEGMENT = 1;
    /** The segment is sent already, too: it sends itself when it ends, and so does whatever is begun below it. */
    private static final byte NOWHERE = 2;

    private final Segment segment;

    /** How its segment's tree reaches it. */
    private byte place = IN_PARENT;

    SubsegmentSpan(
            XRayBackend backend,
            SpanSpec spec,
            @Nullable XRaySpan parent,
            Entity previous,
            Segment segment,
            @Nullable SpanSeed seed) {
        super(backend, spec, parent, previous, seed, true);
        this.segment = segment;
    }

    /** The top span of an invocation, below the segment that AWS Lambda sends; the header may have more to send on. */
    SubsegmentSpan(
            XRayBackend backend,
            SpanSpec spec,
            SegmentEntity facade,
            LambdaFacade of,
            TraceHeader header,
            @Nullable SpanSeed seed) {
        super(backend, spec, null, facade, seed, of.isSampled());
        this.segment = facade;
        if (!header.getAdditionalParams().isEmpty()) {
            passOn(header.toString());
        }
        if (of.isSampled()) {
            of.push(this);
        }
    }

    /**
     * Takes its place below its parent. A segment of the SDK's does not count it, and so does not wait for it: one that was
     * never ended would hold back all of it.
     */
    void attach(@Nullable XRaySpan parent, Entity parentEntity) {
        if (segment instanceof SegmentEntity ours) {
            if (ours.span().isClosed() || isNowhere(parent)) {
                place = NOWHERE;
                Tree.unreached(this, ours.span());
            } else if (parentEntity.isEmitted()) {
                place = IN_SEGMENT;
                ours.span().push(this);
            } else {
                add(parent, parentEntity);
                if (parentEntity.isEmitted()) { // meanwhile, and perhaps without this child
                    place = NOWHERE;
                    Tree.unreached(this, ours.span());
                }
            }
        } else if (isOver(segment) || parentEntity.isEmitted() || isNowhere(parent)) {
            place = NOWHERE;
        } else {
            add(parent, parentEntity);
        }
    }

    /** Whether its parent has left without it, ahead of the segment: then nobody comes for it. */
    private boolean isParentHandedOver() {
        Entity parent = previous;
        return parent != null && parent.isEmitted();
    }

    private static boolean isNowhere(@Nullable XRaySpan parent) {
        return parent instanceof SubsegmentSpan child && child.place == NOWHERE;
    }

    private void add(@Nullable XRaySpan parent, Entity parentEntity) {
        if (parent != null) {
            parent.push(this);
        } else {
            parentEntity.addSubsegment(this);
        }
    }

    /** Whether the SDK has sent its segment: it would send all of it again at the end of every further subsegment. */
    private static boolean isOver(Segment segment) {
        return segment.isEmitted() || !segment.isInProgress() && segment.getReferenceCount() <= 0;
    }

    /** Whether it outlived the subsegment of the SDK that Lambda's facade has sent with all that had ended by then. */
    private boolean isPastInvocation() {
        if (!(segment instanceof FacadeSegment)) {
            return false;
        }
        Entity above = this;
        for (int i = 0; i < CurrentEntity.LONGEST_CHAIN && above.getParent() != null; i++) {
            Entity next = above.getParent();
            if (next == segment) {
                return above != this && !above.isInProgress();
            }
            above = next;
        }
        return false;
    }

    boolean isInSegmentOfSdk() {
        return !(segment instanceof SegmentEntity);
    }

    /**
     * Whether it is written inside its parent's document. In a segment of the SDK's that is decided here, when the SDK
     * writes it: what has not ended by then goes alone.
     */
    boolean embed() {
        return phase() == Phase.EMBEDDED
                || isInSegmentOfSdk()
                        && !goesAlone()
                        && (move(Phase.ENDED, Phase.EMBEDDED) || phase() == Phase.EMBEDDED);
    }

    /** As {@link #embed}; where the SDK writes its segment for good and this one is open, it is not forgotten. */
    boolean embedOrLeave() {
        boolean embedded = embed();
        if (!embedded && phase() == Phase.OPEN && isInSegmentOfSdk() && !segment.isInProgress()) {
            LeftBehind.by(segment, this);
        }
        return embedded;
    }

    @Override
    public XRaySpan span() {
        return this;
    }

    @Override
    SubsegmentSpan entity() {
        return this;
    }

    @Override
    Segment segment() {
        return segment;
    }

    @Override
    String documentName() {
        return name();
    }

    @Override
    public String traceId() {
        if (segment instanceof SegmentEntity ours) {
            return ours.span().traceId();
        }
        String id = Ids.fromXRay(segment.getTraceId().toString());
        return id == null ? UnsampledSpan.NO_TRACE : id;
    }

    /** X-Ray keeps users on segments. */
    @Override
    protected void recordUser(String user) {
        if (segment instanceof FacadeSegment) {
            annotation("user", user); // Lambda's segment is nobody's to write
            return;
        }
        segment.setUser(user);
    }

    /** Whether its parent was sent before it began, so that no document can embed it. */
    boolean goesAlone() {
        return place != IN_PARENT;
    }

    @Override
    void ended() {
        if (segment instanceof SegmentEntity ours) {
            if (ours.span().endsWith(this)) {
                ours.span().ended();
            } else if (place != IN_PARENT || ours.span().isClosed() || isParentHandedOver()) {
                Tree.sendAlone(this, ours.span());
            } else {
                ours.span().holds(weight());
            }
        } else if (place != NOWHERE && !isOver(segment) && !isPastInvocation()) {
            segment.getCreator().endSubsegment(this); // which streams what is complete, where there is much
        } else if (move(Phase.ENDED, Phase.ALONE)) {
            backend.exporter.offer(Document.of(this, weight()));
        }
    }

    // --- as the SDK sees it ------------------------------------------------------------------------------------------

    /** Ends nothing: the SDK calls this on whatever is current, which need not be what its caller means. */
    @Override
    public boolean end() {
        return false;
    }

    /** Called where the SDK streams it, or sends it by itself because its segment is too big. */
    @Override
    public String streamSerialize() {
        if (!embed() && isInSegmentOfSdk() && isOpen()) {
            move(Phase.OPEN, Phase.ABANDONED);
            return DocumentWriter.text(Document.unfinished(this, LeftBehind.below(segment, this)));
        }
        return DocumentWriter.text(Document.of(this, 0));
    }

    @Override
    public String prettyStreamSerialize() {
        return streamSerialize();
    }

    @Override
    public Entity getParent() {
        Entity parent = previous;
        return parent != null ? parent : segment;
    }

    @Override
    public Segment getParentSegment() {
        return segment;
    }

    @Override
    public void setParentSegment(Segment value) {}

    @Override
    public @Nullable String getNamespace() {
        return SpanEntity.super.getNamespace();
    }

    @Override
    public void setNamespace(String value) {
        SpanEntity.super.setNamespace(value);
    }

    @Override
    public Set<String> getPrecursorIds() {
        return new HashSet<>();
    }

    @Override
    public void setPrecursorIds(Set<String> ids) {}

    @Override
    public void addPrecursorId(String precursor) {}

    @Override
    public boolean shouldPropagate() {
        return true;
    }

    @Override
    public void setSampledFalse() {}

    @Override
    @Deprecated
    public SamplingStrategyOverride getSamplingStrategyOverride() {
        return SamplingStrategyOverride.DISABLED;
    }
}
