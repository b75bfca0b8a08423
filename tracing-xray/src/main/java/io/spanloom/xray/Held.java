package io.spanloom.xray;

import com.amazonaws.xray.entities.Subsegment;
import org.jspecify.annotations.Nullable;

/**
 * What was still open when its segment ended: it gets a moment to end by itself, so that work that outlives its request
 * by little shows whole and once; then it is sent as unfinished.
 *
 * @param segmentEnd in epoch nanoseconds
 * @param due by {@link System#nanoTime}
 */
record Held(@Nullable XRaySpan span, @Nullable Subsegment subsegment, long segmentEnd, long due) {

    /** How long: as long as a close may take. */
    static final long MOMENT_NANOS = 2_000_000_000L;

    static Held ofSpan(XRaySpan span, long segmentEnd) {
        return new Held(span, null, segmentEnd, System.nanoTime() + MOMENT_NANOS);
    }

    static Held of(Subsegment subsegment, long segmentEnd) {
        return new Held(null, subsegment, segmentEnd, System.nanoTime() + MOMENT_NANOS);
    }

    /** A subsegment begun after its segment's end. */
    static Held of(Subsegment subsegment) {
        return of(subsegment, System.currentTimeMillis() * 1_000_000L);
    }

    /** Whether waiting has come to an end, one way or the other. */
    boolean isRipe(long now) {
        if (now - due >= 0) {
            return true;
        }
        try {
            return span != null ? span.phase() == Phase.LATE : subsegment != null && !SdkTree.isOpen(subsegment, 0);
        } catch (RuntimeException | StackOverflowError broken) { // somebody's own implementation
            return true;
        }
    }

    /** What to send; null where the span has ended meanwhile and sent itself. */
    @Nullable
    Document document() {
        if (span != null) {
            return span.phase() == Phase.ABANDONED ? Document.unfinished(span, segmentEnd) : null;
        }
        if (subsegment != null) {
            try {
                SdkTree.closeOpen(subsegment, segmentEnd / 1e9, 0);
            } catch (RuntimeException | StackOverflowError refused) {
                // Emitted meanwhile, or somebody's own implementation: it goes as it is.
            }
            return Document.of(subsegment);
        }
        return null;
    }
}
