package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.TraceID;
import io.spanloom.spi.Ids;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A segment of ours as the SDK sees it. Apart from its span, because the SDK goes on asking a segment whether it records
 * after it has ended, and a span says no then: late subsegments would become no-ops that tell the next service "not
 * sampled".
 *
 * <p>It never tells the SDK to send it: we send it ourselves.
 */
final class SegmentEntity implements SpanEntity, Segment {

    private final SegmentSpan span;
    private volatile @Nullable TraceID traceId;

    SegmentEntity(SegmentSpan span) {
        this.span = span;
    }

    @Override
    public SegmentSpan span() {
        return span;
    }

    @Override
    public TraceID getTraceId() {
        TraceID known = traceId;
        if (known == null) {
            known = TraceID.fromString(span.xrayTraceId());
            traceId = known;
        }
        return known;
    }

    @Override
    public @Nullable String getParentId() {
        return span.parentId == 0 ? null : Ids.spanId(span.parentId);
    }

    /** None, as for the SDK's own segments. */
    @Override
    @SuppressWarnings("NullAway") // the interface is not annotated; the SDK's own segments answer null, too
    public Entity getParent() {
        return null;
    }

    @Override
    public Segment getParentSegment() {
        return this;
    }

    @Override
    public boolean isRecording() {
        return span.isSampled();
    }

    @Override
    public boolean isSampled() {
        return span.isSampled();
    }

    /** The decision is taken once, at the start. */
    @Override
    public void setSampled(boolean sampled) {}

    @Override
    public void addException(Throwable thrown) {
        span.recordedOn().fail(thrown);
    }

    /** Ends nothing: the SDK calls this on whatever is current. */
    @Override
    public boolean end() {
        return false;
    }

    @Override
    public void close() {
        span.close();
    }

    /** Something of the SDK's below has ended: it may be what a document is waiting for. */
    @Override
    public boolean decrementReferenceCount() {
        if (span.isClosed()) {
            span.backend.exporter.lookAgain(span);
        }
        return false;
    }

    private SdkContent sdk() {
        return span.content().sdk();
    }

    @Override
    public @Nullable String getResourceArn() {
        return sdk().resourceArn;
    }

    @Override
    public void setResourceArn(String value) {
        sdk().resourceArn = value;
    }

    @Override
    public @Nullable String getUser() {
        return span.content().user();
    }

    @Override
    public void setUser(String value) {
        span.user(value);
    }

    @Override
    public @Nullable String getOrigin() {
        return sdk().origin;
    }

    @Override
    public void setOrigin(String value) {
        sdk().origin = value;
    }

    @Override
    public Map<String, Object> getService() {
        return sdk().service;
    }

    @Override
    public void setService(Map<String, Object> all) {
        putAllService(all);
    }

    @Override
    public Map<String, Object> getAnnotations() {
        return SpanEntity.super.getAnnotations();
    }

    @Override
    public void putService(String key, Object value) {
        sdk().service.put(key, value);
    }

    @Override
    public void putAllService(Map<String, Object> all) {
        sdk().service.putAll(all);
    }

    @Override
    public void setRuleName(String rule) {
        sdk().ruleName = rule;
    }
}
