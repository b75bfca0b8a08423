package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Subsegment;
import java.util.ArrayList;
import java.util.List;

/** Subsegments of the SDK below our spans, with what is below them. Nothing here recurses: they may nest as deep as they like. */
final class SdkTree {

    /** No tree is bigger; a bigger one is a cycle that somebody's entities form. */
    private static final int BIGGEST = 1_000_000;

    private SdkTree() {}

    /** An entity below another, and how many levels. */
    record Below(Subsegment subsegment, int depth) {}

    /**
     * What is below a subsegment, parents before their children. Ours are among them, but not what is below ours: they have
     * their own way.
     */
    static List<Below> below(Entity top) {
        List<Below> all = new ArrayList<>();
        addChildren(all, top, 1);
        for (int i = 0; i < all.size() && all.size() < BIGGEST; i++) {
            Below one = all.get(i);
            if (!(one.subsegment() instanceof SpanEntity)) {
                addChildren(all, one.subsegment(), one.depth() + 1);
            }
        }
        return all;
    }

    private static void addChildren(List<Below> all, Entity parent, int depth) {
        for (Subsegment child : children(parent)) {
            if (child != null) {
                all.add(new Below(child, depth));
            }
        }
    }

    /** Whether the subsegment, or one of the SDK's below it, is in progress. */
    static boolean isOpen(Subsegment top) {
        if (top instanceof SpanEntity) {
            return false; // ours have their own way
        }
        if (top.isInProgress()) {
            return true;
        }
        for (Below one : below(top)) {
            if (!(one.subsegment() instanceof SpanEntity) && one.subsegment().isInProgress()) {
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
    static void markSent(Entity top) {
        markOneSent(top);
        below(top).forEach(one -> markOneSent(one.subsegment()));
    }

    private static void markOneSent(Entity entity) {
        if (!(entity instanceof SpanEntity) && !entity.isEmitted()) {
            entity.setEmitted(true);
        }
    }

    /** Adds a subsegment that has ended below one that was sent before it began. */
    static void addIfLate(Subsegment subsegment, Subsegment top, List<Subsegment> late) {
        if (!(subsegment instanceof SpanEntity) && top.isEmitted() && !subsegment.isEmitted() && !isOpen(subsegment)) {
            markSent(subsegment);
            late.add(subsegment);
        }
    }

    /** Gives what has ended below something that was sent, and has not been sent itself; it counts as sent from now on. */
    static List<Subsegment> takeLate(Entity top) {
        List<Subsegment> late = new ArrayList<>();
        for (Below one : below(top)) {
            Subsegment subsegment = one.subsegment();
            if (!(subsegment instanceof SpanEntity) && !subsegment.isEmitted() && !isOpen(subsegment)) {
                markSent(subsegment);
                late.add(subsegment);
            }
        }
        return late;
    }

    /** Closes and marks what is in progress, so that it can be sent. */
    static void closeOpen(Entity top, double endSeconds) {
        if (top instanceof Subsegment subsegment) {
            closeOne(subsegment, endSeconds);
        }
        below(top).forEach(one -> closeOne(one.subsegment(), endSeconds));
    }

    private static void closeOne(Subsegment subsegment, double endSeconds) {
        if (!(subsegment instanceof SpanEntity) && subsegment.isInProgress()) {
            subsegment.setEndTime(Math.max(endSeconds, subsegment.getStartTime()));
            subsegment.putMetadata("spanloom", "unfinished", true);
            subsegment.setInProgress(false);
        }
    }

    /**
     * Takes what is too deep for one document out of its parents, each the top of a document of its own: readers and the
     * SDK's mapper recurse.
     */
    static List<Subsegment> cutDeep(Entity top) {
        List<Subsegment> tops = new ArrayList<>();
        for (Below one : below(top)) {
            if (one.depth() % Tree.DEEPEST == 0 && !(one.subsegment() instanceof SpanEntity)) {
                tops.add(one.subsegment());
            }
        }
        for (Subsegment cut : tops) {
            cut.getParent().removeSubsegment(cut);
        }
        return tops;
    }

    /** A copy, taken without the lock, which the SDK holds while it sends: a child just being added may be missing. */
    static List<Subsegment> children(Entity entity) {
        return entity.getSubsegmentsCopy();
    }
}
