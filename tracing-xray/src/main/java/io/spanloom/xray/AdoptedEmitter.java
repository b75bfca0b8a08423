package io.spanloom.xray;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;

/**
 * Stands in the place of a recorder's emitter: what the SDK's code opened is written and sent by our thread, too, split
 * where it is too big and counted where it is lost.
 */
final class AdoptedEmitter extends Emitter {

    private final AWSXRayRecorder recorder;
    private final Emitter before;
    private final Exporter exporter;

    private AdoptedEmitter(AWSXRayRecorder recorder, Exporter exporter) {
        this.recorder = recorder;
        this.before = recorder.getEmitter();
        this.exporter = exporter;
    }

    static AdoptedEmitter of(AWSXRayRecorder recorder, Exporter exporter) {
        AdoptedEmitter adopted = new AdoptedEmitter(recorder, exporter);
        recorder.setEmitter(adopted);
        return adopted;
    }

    /** Puts back the emitter that was there before, unless the application has set another one meanwhile. */
    void giveBack() {
        if (recorder.getEmitter() == this) {
            recorder.setEmitter(before);
        }
    }

    @Override
    public boolean sendSegment(Segment segment) {
        exporter.offer(Document.of(segment));
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
}
