package io.spanloom.xray;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.listeners.SegmentListener;
import io.spanloom.spi.Reporter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The recorder's listeners, told of our spans as the SDK tells them of its own: each by itself, so that one that throws
 * keeps nothing from the others, from the span, or from the application.
 */
final class Listeners {

    private Listeners() {}

    static void began(AWSXRayRecorder recorder, Entity entity) {
        if (entity instanceof Segment segment) {
            tell(recorder, listener -> listener.onBeginSegment(segment));
        } else if (entity instanceof Subsegment subsegment) {
            tell(recorder, listener -> listener.onBeginSubsegment(subsegment));
        }
    }

    /** The span still records: what a listener writes now is part of it. */
    static void beforeEnd(Entity entity) {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        if (entity instanceof Segment segment) {
            tell(recorder, listener -> listener.beforeEndSegment(segment));
        } else if (entity instanceof Subsegment subsegment) {
            tell(recorder, listener -> listener.beforeEndSubsegment(subsegment));
        }
    }

    static void afterEnd(Entity entity) {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        if (entity instanceof Segment segment) {
            tell(recorder, listener -> listener.afterEndSegment(segment));
        } else if (entity instanceof Subsegment subsegment) {
            tell(recorder, listener -> listener.afterEndSubsegment(subsegment));
        }
    }

    /** As the SDK has it: an entity is set, or none is and one was. */
    static void switched(AWSXRayRecorder recorder, @Nullable Entity before, @Nullable Entity entity) {
        if (entity != null) {
            tell(recorder, listener -> listener.onSetEntity(before, entity));
        } else if (before != null) {
            tell(recorder, listener -> listener.onClearEntity(before));
        }
    }

    private static void tell(AWSXRayRecorder recorder, Consumer<SegmentListener> what) {
        List<SegmentListener> listeners = recorder.getSegmentListeners();
        for (int i = 0; i < listeners.size(); i++) {
            try {
                SegmentListener listener = listeners.get(i);
                if (listener != null) {
                    what.accept(listener);
                }
            } catch (VirtualMachineError fatal) {
                if (!(fatal instanceof StackOverflowError)) {
                    throw fatal;
                }
                refused(fatal);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
    }

    private static void refused(Throwable thrown) {
        Reporter.warn("TRC-107", "a SegmentListener of the X-Ray SDK threw; spans and application go on", thrown);
    }
}
