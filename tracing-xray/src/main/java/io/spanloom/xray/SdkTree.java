package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Subsegment;
import java.util.List;

/** Subsegments of the SDK below our spans, with what is below them. */
final class SdkTree {

    /** The SDK's own serialisation recurses, too; nobody nests so deep by intent. */
    private static final int DEEPEST = 500;

    private SdkTree() {}

    /** Whether the subsegment, or one of the SDK's below it, is in progress. */
    static boolean isOpen(Subsegment subsegment, int depth) {
        if (subsegment instanceof SpanEntity) {
            return false; // ours have their own way
        }
        if (subsegment.isInProgress()) {
            return true;
        }
        for (Subsegment child : children(subsegment)) {
            if (child != null && depth < DEEPEST && isOpen(child, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether everything from here down has ended, ours included. */
    static boolean isComplete(Subsegment subsegment, int depth) {
        if (subsegment instanceof SubsegmentSpan ours) {
            return Tree.isComplete(ours, depth);
        }
        if (subsegment.isInProgress() || depth > Tree.DEEPEST) {
            return false;
        }
        for (Subsegment child : children(subsegment)) {
            if (child != null && !isComplete(child, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Says what the SDK says of what it has sent, so that nothing more is begun below. */
    static void markSent(Subsegment subsegment, int depth) {
        if (subsegment instanceof SpanEntity) {
            return;
        }
        if (!subsegment.isEmitted()) {
            subsegment.setEmitted(true);
        }
        for (Subsegment child : children(subsegment)) {
            if (child != null && depth < DEEPEST) {
                markSent(child, depth + 1);
            }
        }
    }

    /** Closes and marks what is in progress, so that it can be sent. */
    static void closeOpen(Subsegment subsegment, double endSeconds, int depth) {
        if (subsegment instanceof SpanEntity) {
            return;
        }
        if (subsegment.isInProgress()) {
            subsegment.setEndTime(Math.max(endSeconds, subsegment.getStartTime()));
            subsegment.putMetadata("spanloom", "unfinished", true);
            subsegment.setInProgress(false);
        }
        for (Subsegment child : children(subsegment)) {
            if (child != null && depth < DEEPEST) {
                closeOpen(child, endSeconds, depth + 1);
            }
        }
    }

    /** A copy, taken without the lock, which the SDK holds while it sends: a child just being added may be missing. */
    static List<Subsegment> children(Entity entity) {
        return entity.getSubsegmentsCopy();
    }
}
