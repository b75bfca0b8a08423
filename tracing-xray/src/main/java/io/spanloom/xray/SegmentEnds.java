package io.spanloom.xray;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.listeners.SegmentListener;
import org.jspecify.annotations.Nullable;

/**
 * Hears of the ends of a recorder's segments. It is added to the recorder's listeners once and stays: they are a plain list,
 * which the application's threads walk at any time.
 */
final class SegmentEnds implements SegmentListener {

    private volatile @Nullable AdoptedEmitter listening;

    private SegmentEnds() {}

    /** The one that the recorder has; a new one, which it is given, where it has none. */
    static SegmentEnds of(AWSXRayRecorder recorder) {
        for (SegmentListener listener : recorder.getSegmentListeners()) {
            if (listener instanceof SegmentEnds known) {
                return known;
            }
        }
        SegmentEnds fresh = new SegmentEnds();
        recorder.addSegmentListener(fresh);
        return fresh;
    }

    void tell(AdoptedEmitter emitter) {
        listening = emitter;
    }

    /** Unless another one is told by now. */
    void forget(AdoptedEmitter emitter) {
        if (listening == emitter) {
            listening = null;
        }
    }

    @Override
    public void afterEndSegment(Segment segment) {
        AdoptedEmitter told = listening;
        if (told != null && !(segment instanceof SegmentEntity)) {
            try {
                told.ended(segment);
            } catch (RuntimeException broken) {
                // Somebody's own implementation of a segment: the SDK would let it throw into the application.
            }
        }
    }
}
