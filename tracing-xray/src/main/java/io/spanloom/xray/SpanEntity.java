package io.spanloom.xray;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Cause;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceID;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import io.spanloom.Outcome;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A span of ours as an entity of the SDK: what other instrumentation finds current, reads ids from, writes to and begins
 * subsegments below. What it writes becomes part of the span; what would take the span's identity, time or place is
 * ignored, because those are the span's own.
 *
 * <p>Being {@link JsonSerializable}, it is written by our writer even inside a segment that the SDK sends.
 */
interface SpanEntity extends Entity, JsonSerializable {

    /** Never asked for more than "more than so many?", to which the answer is no: our segments thin themselves. */
    LongAdder NOT_STREAMED = new LongAdder();

    XRaySpan span();

    /**
     * The span behind an entity; null where it is the SDK's.
     *
     * <p>Asks for the classes, never for this interface: an object remembers the last interface that it was asked for, in
     * a field that all threads share, and the SDK asks for {@code Entity} each time (JDK-8180450).
     */
    static @Nullable XRaySpan spanOf(@Nullable Entity entity) {
        if (entity instanceof SubsegmentSpan span) {
            return span;
        }
        return entity instanceof SegmentEntity segment ? segment.span() : null;
    }

    private SdkContent sdk() {
        return span().content().sdk();
    }

    private @Nullable SdkContent peek() {
        Content content = span().peekContent();
        return content == null ? null : content.peekSdk();
    }

    private boolean open() {
        return span().isRecording();
    }

    // --- identity ----------------------------------------------------------------------------------------------------

    @Override
    default String getName() {
        return span().documentName();
    }

    @Override
    default String getId() {
        return span().spanId();
    }

    @Override
    default void setId(String id) {}

    @Override
    default TraceID getTraceId() {
        return span().segment().getTraceId();
    }

    @Override
    default void setTraceId(TraceID id) {}

    @Override
    default @Nullable String getParentId() {
        return null;
    }

    @Override
    default void setParentId(@Nullable String id) {}

    @Override
    default void setParent(Entity parent) {}

    @Override
    default AWSXRayRecorder getCreator() {
        return AWSXRay.getGlobalRecorder();
    }

    @Override
    default void setCreator(AWSXRayRecorder recorder) {}

    // --- time and outcome --------------------------------------------------------------------------------------------

    @Override
    default double getStartTime() {
        return span().start / 1e9;
    }

    @Override
    default void setStartTime(double seconds) {}

    @Override
    default double getEndTime() {
        return span().endNanos() / 1e9;
    }

    @Override
    default void setEndTime(double seconds) {}

    @Override
    default boolean isInProgress() {
        return span().isOpen();
    }

    @Override
    default void setInProgress(boolean value) {}

    @Override
    default boolean isFault() {
        SdkContent sdk = peek();
        return span().outcome() == Outcome.FAULT || sdk != null && sdk.fault;
    }

    @Override
    default void setFault(boolean value) {
        if (open()) {
            sdk().fault = value;
        }
    }

    @Override
    default boolean isError() {
        SdkContent sdk = peek();
        Outcome outcome = span().outcome();
        return outcome == Outcome.ERROR || outcome == Outcome.THROTTLE || sdk != null && sdk.error;
    }

    @Override
    default void setError(boolean value) {
        if (open()) {
            sdk().error = value;
        }
    }

    @Override
    default boolean isThrottle() {
        SdkContent sdk = peek();
        return span().outcome() == Outcome.THROTTLE || sdk != null && sdk.throttle;
    }

    @Override
    default void setThrottle(boolean value) {
        if (open()) {
            SdkContent sdk = sdk();
            sdk.throttle = value;
            if (value) {
                sdk.error = true;
                sdk.fault = false;
            }
        }
    }

    @Override
    default void addException(Throwable thrown) {
        span().fail(thrown);
    }

    /** Empty: the SDK looks here for exceptions that a child recorded already, to refer to them. We refer to nothing. */
    @Override
    default Cause getCause() {
        return new Cause();
    }

    // --- content -----------------------------------------------------------------------------------------------------

    @Override
    default @Nullable String getNamespace() {
        SdkContent sdk = peek();
        String given = sdk == null ? null : sdk.namespace;
        return given != null ? given : span().description().namespace();
    }

    @Override
    default void setNamespace(String value) {
        if (open()) {
            sdk().namespace = value;
        }
    }

    @Override
    default Map<String, Object> getHttp() {
        return sdk().http;
    }

    @Override
    default void setHttp(Map<String, Object> all) {
        putAllHttp(all);
    }

    @Override
    default void putHttp(String key, Object value) {
        if (open() && key != null && value != null) {
            sdk().http.put(key, value);
        }
    }

    @Override
    default void putAllHttp(Map<String, Object> all) {
        all.forEach(this::putHttp);
    }

    @Override
    default Map<String, Object> getAws() {
        return sdk().aws;
    }

    @Override
    default void setAws(Map<String, Object> all) {
        putAllAws(all);
    }

    @Override
    default void putAws(String key, Object value) {
        if (open() && key != null && value != null) {
            sdk().aws.put(key, value);
        }
    }

    @Override
    default void putAllAws(Map<String, Object> all) {
        all.forEach(this::putAws);
    }

    @Override
    default Map<String, Object> getSql() {
        return sdk().sql;
    }

    @Override
    default void setSql(Map<String, Object> all) {
        putAllSql(all);
    }

    @Override
    default void putSql(String key, Object value) {
        if (open() && key != null && value != null) {
            sdk().sql.put(key, value);
        }
    }

    @Override
    default void putAllSql(Map<String, Object> all) {
        all.forEach(this::putSql);
    }

    /** A copy. */
    @Override
    default Map<String, Object> getAnnotations() {
        return new HashMap<>(span().annotations());
    }

    @Override
    default void setAnnotations(Map<String, Object> all) {
        all.forEach((key, value) -> {
            if (value instanceof Number number) {
                putAnnotation(key, number);
            } else if (value instanceof Boolean truth) {
                putAnnotation(key, truth);
            } else {
                putAnnotation(key, String.valueOf(value));
            }
        });
    }

    @Override
    default void putAnnotation(String key, String value) {
        span().annotation(key, value);
    }

    @Override
    default void putAnnotation(String key, Number value) {
        span().annotation(key, value);
    }

    @Override
    default void putAnnotation(String key, Boolean value) {
        span().annotation(key, value);
    }

    /** A copy, whose values are JSON text. */
    @Override
    default Map<String, Map<String, Object>> getMetadata() {
        Object[] triples = span().content().metadata();
        Map<String, Map<String, Object>> copy = new HashMap<>();
        for (int i = 0; i < triples.length; i += 3) {
            copy.computeIfAbsent((String) triples[i], n -> new HashMap<>())
                    .put((String) triples[i + 1], triples[i + 2]);
        }
        return copy;
    }

    @Override
    default void setMetadata(Map<String, Map<String, Object>> all) {
        all.forEach((namespace, values) -> values.forEach((key, value) -> putMetadata(namespace, key, value)));
    }

    @Override
    default void putMetadata(String key, Object value) {
        span().metadata(key, value);
    }

    @Override
    default void putMetadata(String namespace, String key, Object value) {
        span().metadata(namespace, key, value);
    }

    // --- children ----------------------------------------------------------------------------------------------------

    @Override
    default List<Subsegment> getSubsegments() {
        return span().subsegments();
    }

    @Override
    default List<Subsegment> getSubsegmentsCopy() {
        return span().subsegments();
    }

    @Override
    default void addSubsegment(Subsegment subsegment) {
        XRaySpan span = span();
        if (!span.isSampled()) {
            return;
        }
        if (subsegment instanceof SubsegmentSpan ours) {
            span.push(ours);
            return;
        }
        SdkChild child = new SdkChild(subsegment);
        if (!(span.segment() instanceof SegmentEntity ours)) {
            span.push(child);
        } else if (ours.span().isClosed() || span.isHandedOver()) {
            Tree.takeLate(child, ours.span());
        } else {
            span.push(child);
            if (ours.span().isClosed() || span.isHandedOver()) {
                Tree.takeLate(child, ours.span()); // meanwhile, and perhaps without this child
            } else {
                ours.span().holds(400);
            }
        }
    }

    /** Called by the SDK for what it has sent by itself. */
    @Override
    default void removeSubsegment(Subsegment subsegment) {
        if (subsegment instanceof SubsegmentSpan ours) {
            ours.moveTo(Phase.ALONE);
        } else {
            for (Node node = span().lastChild(); node != null; node = node.next()) {
                if (node instanceof SdkChild child && child.subsegment == subsegment) {
                    child.taken = true;
                }
            }
        }
        getTotalSize().decrement();
    }

    @Override
    default ReentrantLock getSubsegmentsLock() {
        return sdk().lock;
    }

    @Override
    default void setSubsegmentsLock(ReentrantLock lock) {}

    @Override
    default int getReferenceCount() {
        return 0;
    }

    @Override
    default LongAdder getTotalSize() {
        return span().segment() instanceof SegmentEntity
                ? NOT_STREAMED
                : span().segment().getTotalSize();
    }

    @Override
    default void incrementReferenceCount() {}

    @Override
    default boolean decrementReferenceCount() {
        return false;
    }

    // --- emission ----------------------------------------------------------------------------------------------------

    @Override
    default boolean isEmitted() {
        return span().isHandedOver();
    }

    /** The SDK says so of what it has streamed. */
    @Override
    default void setEmitted(boolean emitted) {
        if (emitted && !(span().segment() instanceof SegmentEntity)) {
            span().moveTo(Phase.ALONE);
        }
    }

    @Override
    default boolean compareAndSetEmitted(boolean expected, boolean emitted) {
        boolean was = isEmitted();
        if (was == expected) {
            setEmitted(emitted);
        }
        return was == expected;
    }

    @Override
    default String serialize() {
        return DocumentWriter.text(Document.of(span(), 0));
    }

    @Override
    default String prettySerialize() {
        return serialize();
    }

    @Override
    default void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        if (span() instanceof SubsegmentSpan ours && !ours.embedOrLeave()) {
            return; // it is, or will be, in a document of its own
        }
        new DocumentWriter(json, provider).embedded(span());
    }

    @Override
    default void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(json, provider);
    }
}
