package io.spanloom.xray;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Stands in the place of a recorder's emitter: what the SDK's code opened is written and sent by our thread, too, split
 * where it is too big and counted where it is lost. A segment that the SDK does not send, because a subsegment below it was
 * never ended, is sent after a moment, with that subsegment closed and marked.
 */
final class AdoptedEmitter extends Emitter {

    private final AWSXRayRecorder recorder;
    private final Emitter before;
    private final Exporter exporter;
    private final SegmentEnds ends;

    /** Segments that were sent without the SDK's word; it says the word again at the end of each late subsegment. */
    private final Map<Segment, Boolean> healed = new WeakHashMap<>();

    private AdoptedEmitter(AWSXRayRecorder recorder, Exporter exporter) {
        this.recorder = recorder;
        this.before = recorder.getEmitter();
        this.exporter = exporter;
        this.ends = SegmentEnds.of(recorder);
    }

    static AdoptedEmitter of(AWSXRayRecorder recorder, Exporter exporter) {
        AdoptedEmitter adopted = new AdoptedEmitter(recorder, exporter);
        recorder.setEmitter(adopted);
        adopted.ends.tell(adopted);
        return adopted;
    }

    /** Puts back the emitter that was there before, unless the application has set another one meanwhile. */
    void giveBack() {
        ends.forget(this);
        if (recorder.getEmitter() == this) {
            recorder.setEmitter(before);
        }
    }

    @Override
    public boolean sendSegment(Segment segment) {
        if (isHealed(segment)) {
            SdkTree.takeLate(segment).forEach(one -> exporter.offer(Document.of(one)));
        } else {
            exporter.offer(Document.of(segment));
        }
        return true;
    }

    /** Written at once: the SDK takes it out of its segment, and may write to it no more. */
    @Override
    public boolean sendSubsegment(Subsegment subsegment) {
        if (subsegment instanceof SubsegmentSpan ours) {
            ours.embed();
            exporter.offer(Document.of(ours, ours.weight()));
        } else {
            exporter.offer(Document.of(subsegment));
        }
        return true;
    }

    // --- what the SDK would not send ---------------------------------------------------------------------------------

    /** A segment of the SDK's has ended. */
    void ended(Segment segment) {
        if (segment.isSampled() && !isSent(segment)) {
            exporter.hold(Held.of(segment, this));
        }
    }

    /** Whether the SDK has sent a segment that has ended: it waits for nothing below it. */
    boolean isSent(Segment segment) {
        return segment.isEmitted() || segment.getReferenceCount() <= 0;
    }

    /** Closes and marks what is open below a segment; whether it is to be sent now. */
    boolean heal(Segment segment) {
        synchronized (healed) {
            if (isSent(segment)) {
                return false;
            }
            healed.put(segment, true);
        }
        try {
            SdkTree.closeOpen(segment, segment.getEndTime());
            SdkTree.markSent(segment);
        } catch (RuntimeException | StackOverflowError refused) {
            // Emitted meanwhile, or somebody's own implementation: it goes as it is.
        }
        return true;
    }

    private boolean isHealed(Segment segment) {
        synchronized (healed) {
            return !healed.isEmpty() && healed.containsKey(segment);
        }
    }
}
