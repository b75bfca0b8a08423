package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent in one datagram (or more, where it is too big): a span with everything embedded below it, or a
 * subsegment of the SDK with all of its tree.
 *
 * @param unfinishedAt when the segment of a span that had not ended ended; 0 for a span that has ended
 * @param weight about how many bytes it makes
 */
record Document(@Nullable XRaySpan span, @Nullable Entity entity, long unfinishedAt, int weight) {

    static Document of(XRaySpan span, int weight) {
        return new Document(span, null, 0, weight);
    }

    static Document unfinished(XRaySpan span, long at) {
        return new Document(span, null, at, span.weight());
    }

    static Document of(Entity entity) {
        return new Document(null, entity, 0, 400);
    }

    /** Whether its span has ended by now, so that a document that says otherwise would be wrong. */
    boolean isOutdated() {
        return span != null && unfinishedAt != 0 && span.phase() == Phase.LATE;
    }
}
