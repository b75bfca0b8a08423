package io.spanloom.xray;

import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import java.util.List;

/**
 * What was still open when its segment ended: it gets a moment to end by itself, so that work that outlives its request
 * by little shows whole and once; then it is sent as unfinished.
 */
abstract class Held {

    /** How long: as long as a close may take. */
    static final long MOMENT_NANOS = 2_000_000_000L;

    private final long due = System.nanoTime() + MOMENT_NANOS;

    private Held() {}

    /** When waiting ends, by {@link System#nanoTime}. */
    final long due() {
        return due;
    }

    /** Whether waiting has come to an end, one way or the other. */
    final boolean isRipe(long now) {
        if (now - due >= 0) {
            return true;
        }
        try {
            return hasEnded();
        } catch (RuntimeException | StackOverflowError broken) { // somebody's own implementation
            return true;
        }
    }

    abstract boolean hasEnded();

    /**
     * What to send; nothing where it has ended meanwhile and was sent.
     *
     * @param all whether nothing may wait any longer
     */
    abstract List<Document> documents(boolean all);

    /** A span of ours. */
    static Held ofSpan(XRaySpan span, long segmentEnd) {
        return new Held() {
            @Override
            boolean hasEnded() {
                return span.phase() == Phase.LATE;
            }

            @Override
            List<Document> documents(boolean all) {
                return span.phase() == Phase.ABANDONED ? List.of(Document.unfinished(span, segmentEnd)) : List.of();
            }
        };
    }

    /** A subsegment of the SDK's below a segment of ours. */
    static Held of(Subsegment subsegment, long segmentEnd) {
        return new Held() {
            @Override
            boolean hasEnded() {
                return !SdkTree.isOpen(subsegment);
            }

            @Override
            List<Document> documents(boolean all) {
                try {
                    SdkTree.closeOpen(subsegment, segmentEnd / 1e9);
                    SdkTree.markSent(subsegment);
                } catch (RuntimeException | StackOverflowError refused) {
                    // Emitted meanwhile, or somebody's own implementation: it goes as it is.
                }
                return List.of(Document.of(subsegment));
            }
        };
    }

    /** A subsegment of the SDK's that was begun after its segment's end. */
    static Held of(Subsegment subsegment) {
        return of(subsegment, System.currentTimeMillis() * 1_000_000L);
    }

    /** What of ours was begun after its segment's end. */
    static Held ofLate(SegmentSpan segment) {
        return new Held() {
            @Override
            boolean hasEnded() {
                return false;
            }

            @Override
            List<Document> documents(boolean all) {
                return Tree.unfinishedLate(segment, all);
            }
        };
    }

    /** A segment of the SDK's, which does not send it because something below has not ended. */
    static Held of(Segment segment, AdoptedEmitter emitter) {
        return new Held() {
            @Override
            boolean hasEnded() {
                return emitter.isSent(segment);
            }

            @Override
            List<Document> documents(boolean all) {
                return emitter.heal(segment) ? List.of(Document.of(segment)) : List.of();
            }
        };
    }
}
