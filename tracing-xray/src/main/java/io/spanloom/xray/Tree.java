package io.spanloom.xray;

import com.amazonaws.xray.entities.Subsegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a segment's tree goes in which document: what has ended below what has ended is embedded; what has
 * not ended is held for a moment, and what has ended below that goes alone.
 */
final class Tree {

    /** Deeper, a document of its own begins: writer and readers recurse, and Jackson stops at 1,000 levels. */
    static final int DEEPEST = 100;

    private final Exporter exporter;
    private final boolean abandoning;
    private final long segmentEnd;

    /** Spans whose children are still to be decided on, in documents of their own. */
    private final Deque<XRaySpan> tops = new ArrayDeque<>();

    private Tree(Exporter exporter, boolean abandoning, long segmentEnd) {
        this.exporter = exporter;
        this.abandoning = abandoning;
        this.segmentEnd = segmentEnd;
    }

    /** Sends a segment that has just ended, with everything below it. */
    static void close(SegmentSpan segment) {
        synchronized (segment.entity()) {
            segment.close(true);
            segment.moveTo(Phase.ALONE);
            Tree tree = new Tree(segment.backend.exporter, true, segment.endNanos());
            tree.tops.add(segment);
            tree.send();
        }
    }

    /**
     * Sends a span that ended when its segment had been sent, or that no segment reaches. Not the span alone: where it
     * ended at the very moment that its segment did, nobody else has decided on what is below it.
     */
    static void sendAlone(SubsegmentSpan span, SegmentSpan segment) {
        synchronized (segment.entity()) {
            if (span.move(Phase.ENDED, Phase.ALONE)) {
                Tree tree = new Tree(segment.backend.exporter, segment.isClosed(), segment.endNanos());
                tree.tops.add(span);
                tree.send();
            }
        }
    }

    /** Keeps a subsegment of the SDK's that came below something handed over, unless that was seen to have it. */
    static void takeLate(SdkChild child, SegmentSpan segment) {
        synchronized (segment.entity()) {
            if (!child.taken) {
                child.taken = true;
                segment.backend.exporter.hold(Held.of(child.subsegment));
            }
        }
    }

    private void send() {
        for (XRaySpan top = tops.poll(); top != null; top = tops.poll()) {
            boolean ended = top.phase() == Phase.ALONE;
            int weight = decide(top, 0, ended);
            if (ended) {
                exporter.offer(Document.of(top, weight));
            }
        }
    }

    /** Decides on the children of a span, and gives the weight of it and what it embeds. */
    private int decide(XRaySpan span, int depth, boolean embedding) {
        int weight = span.weight();
        for (Node node = span.lastChild(); node != null; node = node.next()) {
            if (node instanceof SubsegmentSpan child) {
                weight += decideOn(child, depth, embedding);
            } else if (node instanceof SdkChild child && !child.taken) {
                weight += decideOn(child, depth, embedding);
            }
        }
        return weight;
    }

    private int decideOn(SubsegmentSpan child, int depth, boolean embedding) {
        boolean embed = embedding && depth < DEEPEST && !child.goesAlone();
        if (child.move(Phase.ENDED, embed ? Phase.EMBEDDED : Phase.ALONE)) {
            if (embed) {
                return decide(child, depth + 1, true);
            }
            tops.add(child);
        } else if (abandoning && child.move(Phase.OPEN, Phase.ABANDONED)) {
            exporter.hold(Held.ofSpan(child, segmentEnd));
            tops.add(child);
        }
        return 0;
    }

    private int decideOn(SdkChild child, int depth, boolean embedding) {
        child.taken = true;
        try {
            return decideOnTaken(child, depth, embedding);
        } catch (RuntimeException | StackOverflowError broken) { // somebody's own implementation
            exporter.offer(Document.of(child.subsegment));
            return 0;
        }
    }

    private int decideOnTaken(SdkChild child, int depth, boolean embedding) {
        Subsegment subsegment = child.subsegment;
        if (!subsegment.isSampled()) {
            return 0;
        }
        boolean open = SdkTree.isOpen(subsegment, 0);
        boolean embed = embedding && !open && depth < DEEPEST;
        decideBelow(subsegment, depth + 1, !open);
        if (!open) {
            SdkTree.markSent(subsegment, 0);
        }
        if (embed) {
            child.embedded = true;
        } else if (open) {
            exporter.hold(Held.of(subsegment, segmentEnd));
        } else {
            exporter.offer(Document.of(subsegment));
        }
        return embed ? 400 : 0;
    }

    private void decideBelow(Subsegment subsegment, int depth, boolean embedding) {
        for (Subsegment child : SdkTree.children(subsegment)) {
            if (child instanceof SubsegmentSpan ours) {
                decideOn(ours, depth, embedding);
            } else if (child != null && depth < DEEPEST) {
                decideBelow(child, depth + 1, embedding);
            }
        }
    }

    // --- while the segment goes on -----------------------------------------------------------------------------------

    /** Sends what is complete below a segment that is still open, so that it does not hold more and more. */
    static void thin(SegmentSpan segment) {
        synchronized (segment.entity()) {
            if (segment.isClosed()) {
                return;
            }
            Tree tree = new Tree(segment.backend.exporter, false, 0);
            Deque<XRaySpan> open = new ArrayDeque<>();
            open.add(segment);
            for (XRaySpan next = open.poll(); next != null; next = open.poll()) {
                tree.thin(next, open);
            }
            tree.send();
        }
    }

    private void thin(XRaySpan span, Deque<XRaySpan> open) {
        @Nullable Node rest = null;
        Node node = span.takeChildren();
        while (node != null) {
            Node following = node.next();
            if (node instanceof SubsegmentSpan child && !leaves(child)) {
                open.add(child);
                node.next(rest);
                rest = node;
            } else if (node instanceof SdkChild child && !leaves(child)) {
                node.next(rest);
                rest = node;
            }
            node = following;
        }
        while (rest != null) { // the oldest first, as they were
            Node following = rest.next();
            span.push(rest);
            rest = following;
        }
    }

    private boolean leaves(SubsegmentSpan child) {
        if (isComplete(child, 0) && child.move(Phase.ENDED, Phase.ALONE)) {
            tops.add(child);
        }
        return child.isHandedOver();
    }

    private boolean leaves(SdkChild child) {
        if (!child.taken && SdkTree.isComplete(child.subsegment, 0)) {
            decideOn(child, 0, false);
        }
        return child.taken;
    }

    /** Whether everything from here down has ended. */
    static boolean isComplete(XRaySpan span, int depth) {
        if (span.isHandedOver()) {
            return true;
        }
        if (span.phase() == Phase.OPEN || depth > DEEPEST) {
            return false;
        }
        for (Node node = span.lastChild(); node != null; node = node.next()) {
            if (node instanceof SubsegmentSpan child && !isComplete(child, depth + 1)
                    || node instanceof SdkChild sdk && !sdk.taken && !SdkTree.isComplete(sdk.subsegment, depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
