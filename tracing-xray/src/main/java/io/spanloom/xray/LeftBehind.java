package io.spanloom.xray;

import com.amazonaws.xray.entities.Segment;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Spans of ours that are open when the SDK writes the segment above them, which nobody else tells us of: held for a moment,
 * as below a segment of ours, and then sent as unfinished.
 */
final class LeftBehind {

    private LeftBehind() {}

    /** Holds an open span, with what is open below it; what has ended there is sent by itself. */
    static void by(Segment segment, SubsegmentSpan open) {
        if (open.move(Phase.OPEN, Phase.ABANDONED)) {
            open.backend.exporter.hold(Held.ofSpan(open, below(segment, open)));
        }
    }

    /** Does so with what is below a span that is left behind; when it was, in epoch nanoseconds. */
    static long below(Segment segment, SubsegmentSpan left) {
        double end = segment.getEndTime();
        long at = end > 0 ? Math.round(end * 1e9) : System.currentTimeMillis() * 1_000_000L;
        Exporter exporter = left.backend.exporter;
        Deque<XRaySpan> spans = new ArrayDeque<>();
        spans.add(left);
        for (XRaySpan span = spans.poll(); span != null; span = spans.poll()) {
            for (Node node = span.lastChild(); node != null; node = node.next()) {
                if (node instanceof SubsegmentSpan child) {
                    if (child.move(Phase.OPEN, Phase.ABANDONED)) {
                        exporter.hold(Held.ofSpan(child, at));
                        spans.add(child);
                    } else if (child.move(Phase.ENDED, Phase.ALONE)) {
                        exporter.offer(Document.of(child, child.weight()));
                    }
                } else if (node instanceof SdkChild child && !child.taken) {
                    child.taken = true;
                    exporter.offer(Document.of(child.subsegment));
                }
            }
        }
        return at;
    }
}
