package io.spanloom.xray;

import com.amazonaws.xray.entities.Subsegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a segment's tree goes in which document: what has ended below what has ended is embedded; what has
 * not ended is held for a moment, and what has ended below that goes alone.
 */
final class Tree {

    /** Deeper, a document of its own begins: writer and readers recurse, and Jackson stops at 1,000 levels. */
    static final int DEEPEST = 100;

    private final SegmentSpan segment;
    private final Exporter exporter;

    /** Whether the segment has ended, so that what is open is left behind. */
    private final boolean abandoning;

    /** Spans whose children are still to be decided on, in documents of their own. */
    private final Deque<XRaySpan> tops = new ArrayDeque<>();

    private int documentWeight;

    /** So many documents may still leave ahead of their segment. */
    private int room;

    // What has been handed over.
    private int spans;
    private long bytes;

    private Tree(SegmentSpan segment) {
        this.segment = segment;
        this.exporter = segment.backend.exporter;
        this.abandoning = segment.isClosed();
    }

    /** Sends a segment that has just ended, with everything below it. */
    static void close(SegmentSpan segment) {
        synchronized (segment.entity()) {
            segment.markClosed();
            segment.moveTo(Phase.ALONE);
            Tree tree = new Tree(segment);
            tree.tops.add(segment);
            for (SubsegmentSpan orphan : segment.takeOrphans()) {
                tree.decideOn(orphan, 0, false);
            }
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
                Tree tree = new Tree(segment);
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
            documentWeight = 0;
            decide(top, 0, ended && isDocument(top));
            if (ended && isDocument(top)) {
                exporter.offer(Document.of(top, documentWeight));
            }
        }
    }

    private static boolean isDocument(XRaySpan top) {
        return !(top instanceof SegmentSpan segment) || segment.isSent();
    }

    /** Adds a span to the document that is being decided on, and decides on its children. */
    private void decide(XRaySpan span, int depth, boolean embedding) {
        int weight = span.weight();
        documentWeight += weight;
        bytes += weight;
        spans++;
        for (Node node = span.lastChild(); node != null; node = node.next()) {
            if (node instanceof SubsegmentSpan child) {
                decideOn(child, depth, embedding);
            } else if (node instanceof SdkChild child && !child.taken) {
                decideOn(child, depth, embedding);
            }
        }
    }

    private void decideOn(SubsegmentSpan child, int depth, boolean embedding) {
        boolean embed = embedding && depth < DEEPEST && documentWeight < exporter.heaviest() && !child.goesAlone();
        if (child.move(Phase.ENDED, embed ? Phase.EMBEDDED : Phase.ALONE)) {
            if (embed) {
                decide(child, depth + 1, true);
            } else {
                tops.add(child);
            }
        } else if (!abandoning) {
            if (child.phase() == Phase.OPEN) {
                segment.orphan(child); // begun when what is above it was just leaving: no list reaches it now
            }
        } else if (child.move(Phase.OPEN, Phase.ABANDONED)) {
            exporter.hold(Held.ofSpan(child, segment.closedAt()));
            tops.add(child);
        } else if (child.move(Phase.ENDED, Phase.ALONE)) {
            tops.add(child); // it ended between the two looks
        }
    }

    private void decideOn(SdkChild child, int depth, boolean embedding) {
        child.taken = true;
        try {
            decideOnTaken(child, depth, embedding);
        } catch (RuntimeException | StackOverflowError broken) { // somebody's own implementation
            exporter.offer(Document.of(child.subsegment));
        }
    }

    private void decideOnTaken(SdkChild child, int depth, boolean embedding) {
        Subsegment subsegment = child.subsegment;
        if (!subsegment.isSampled()) {
            return;
        }
        List<SdkTree.Below> below = SdkTree.below(subsegment);
        boolean open = SdkTree.isOpen(subsegment);
        int height = 0;
        for (SdkTree.Below one : below) {
            height = Math.max(height, one.depth());
            if (one.subsegment() instanceof SubsegmentSpan ours) {
                decideOn(ours, depth + one.depth(), !open);
            }
        }
        boolean embed = embedding && !open && depth + height < DEEPEST;
        if (!open) {
            SdkTree.markSent(subsegment);
        }
        if (embed) {
            child.embedded = true;
            documentWeight += 400 * (1 + below.size());
        } else if (open) {
            exporter.hold(Held.of(subsegment, segment.closedAt()));
        } else {
            exporter.offer(Document.of(subsegment));
        }
    }

    /**
     * Sends subsegments of the SDK's that were begun, and have ended, below others that had left already. Nobody else tells
     * of them: the SDK reports each end to the segment, without saying whose.
     */
    static void takeLateOfSdk(SegmentSpan segment) {
        List<Subsegment> late = new ArrayList<>();
        synchronized (segment.entity()) {
            Deque<XRaySpan> spans = new ArrayDeque<>();
            spans.add(segment);
            for (XRaySpan span = spans.poll(); span != null; span = spans.poll()) {
                for (Node node = span.lastChild(); node != null; node = node.next()) {
                    if (node instanceof SubsegmentSpan child) {
                        spans.add(child);
                    } else if (node instanceof SdkChild child && child.taken) {
                        for (SdkTree.Below below : SdkTree.below(child.subsegment)) {
                            if (below.subsegment() instanceof SubsegmentSpan ours) {
                                spans.add(ours);
                            } else {
                                SdkTree.addIfLate(below.subsegment(), child.subsegment, late);
                            }
                        }
                    }
                }
            }
        }
        late.forEach(one -> segment.backend.exporter.offer(Document.of(one)));
    }

    // --- begun below what has left -----------------------------------------------------------------------------------

    /** Remembers a span that no list reaches, in case that nobody ever ends it. */
    static void unreached(SubsegmentSpan span, SegmentSpan segment) {
        boolean first = false;
        synchronized (segment.entity()) {
            if (segment.isClosed()) {
                first = segment.late(span);
            } else {
                segment.orphan(span);
            }
        }
        if (first) {
            segment.backend.exporter.hold(Held.ofLate(segment));
        }
    }

    /** Gives what was begun after the segment's end, and is open for long enough to be sent as unfinished. */
    static List<Document> unfinishedLate(SegmentSpan segment, boolean all) {
        List<Document> unfinished = new ArrayList<>();
        boolean more;
        synchronized (segment.entity()) {
            more = segment.sweepLate(all, unfinished);
        }
        if (more) {
            segment.backend.exporter.hold(Held.ofLate(segment));
        }
        return unfinished;
    }

    // --- while the segment goes on -----------------------------------------------------------------------------------

    /** Sends what is complete below a segment that is still open, so that it does not hold more and more. */
    static void thin(SegmentSpan segment) {
        synchronized (segment.entity()) {
            if (segment.isClosed()) {
                return;
            }
            Tree tree = new Tree(segment);
            // What the queue would have to drop had better stay here, until here is too much, too.
            int room = tree.exporter.room();
            tree.room = segment.holdsTooMuch() ? Math.max(room, SegmentSpan.HELD) : room;
            if (tree.room > 0) {
                Deque<XRaySpan> open = new ArrayDeque<>();
                open.add(segment);
                for (XRaySpan next = open.poll(); next != null; next = open.poll()) {
                    tree.thin(next, open);
                }
                tree.send();
            }
            segment.thinned(tree.spans, tree.bytes);
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
        if (room > 0 && isComplete(child, 0) && child.move(Phase.ENDED, Phase.ALONE)) {
            room--;
            tops.add(child);
        }
        return child.isHandedOver();
    }

    private boolean leaves(SdkChild child) {
        if (room > 0 && !child.taken && SdkTree.isComplete(child.subsegment, 0)) {
            room--;
            spans++;
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
