package io.spanloom.xray;

import com.amazonaws.xray.entities.Subsegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was still open when its segment ended: it gets a moment to end by itself, so that work that outlives its request
 * by little shows whole and once; then it is sent as unfinished.
 *
 * @param late a segment below which something was begun after its end
 * @param segmentEnd in epoch nanoseconds
 * @param due by {@link System#nanoTime}
 */
record Held(
        @Nullable XRaySpan span,
        @Nullable Subsegment subsegment,
        @Nullable SegmentSpan late,
        long segmentEnd,
        long due) {

    /** How long: as long as a close may take. */
    static final long MOMENT_NANOS = 2_000_000_000L;

    static Held ofSpan(XRaySpan span, long segmentEnd) {
        return new Held(span, null, null, segmentEnd, System.nanoTime() + MOMENT_NANOS);
    }

    static Held of(Subsegment subsegment, long segmentEnd) {
        return new Held(null, subsegment, null, segmentEnd, System.nanoTime() + MOMENT_NANOS);
    }

    /** A subsegment begun after its segment's end. */
    static Held of(Subsegment subsegment) {
        return of(subsegment, System.currentTimeMillis() * 1_000_000L);
    }

    /** What of ours was begun after its segment's end. */
    static Held ofLate(SegmentSpan segment) {
        return new Held(null, null, segment, 0, System.nanoTime() + MOMENT_NANOS);
    }

    /** Whether waiting has come to an end, one way or the other. */
    boolean isRipe(long now) {
        if (now - due >= 0) {
            return true;
        }
        try {
            return span != null ? span.phase() == Phase.LATE : subsegment != null && !SdkTree.isOpen(subsegment);
        } catch (RuntimeException | StackOverflowError broken) { // somebody's own implementation
            return true;
        }
    }

    /**
     * What to send; nothing where the span has ended meanwhile and sent itself.
     *
     * @param all whether nothing may wait any longer
     */
    List<Document> documents(boolean all) {
        if (span != null) {
            return span.phase() == Phase.ABANDONED ? List.of(Document.unfinished(span, segmentEnd)) : List.of();
        }
        if (subsegment != null) {
            try {
                SdkTree.closeOpen(subsegment, segmentEnd / 1e9);
                SdkTree.markSent(subsegment);
            } catch (RuntimeException | StackOverflowError refused) {
                // Emitted meanwhile, or somebody's own implementation: it goes as it is.
            }
            return List.of(Document.of(subsegment));
        }
        return late != null ? Tree.unfinishedLate(late, all) : List.of();
    }
}
