package io.spanloom.xray;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Segments below which the SDK ended something after they had been sent; no lock, for the SDK calls us under its own. */
final class LateSubsegments {

    private final Queue<SegmentSpan> segments = new ConcurrentLinkedQueue<>();

    void add(SegmentSpan segment) {
        segments.add(segment);
    }

    /** Offers what has ended below them, and nobody has sent. */
    void offerAll() {
        if (segments.isEmpty()) {
            return;
        }
        Set<SegmentSpan> each = Collections.newSetFromMap(new IdentityHashMap<>());
        for (SegmentSpan one = segments.poll(); one != null; one = segments.poll()) {
            each.add(one);
        }
        for (SegmentSpan segment : each) {
            try {
                Tree.takeLateOfSdk(segment);
            } catch (RuntimeException | StackOverflowError broken) {
                // Somebody's own implementation of a subsegment: not ours to mend.
            }
        }
    }
}
