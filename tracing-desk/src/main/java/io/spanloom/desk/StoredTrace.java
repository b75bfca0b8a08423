package io.spanloom.desk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One trace while its documents arrive. Guarded by its {@link TraceStore}. */
final class StoredTrace {
    final String traceId;
    private final Map<String, TraceSpan> spans = new LinkedHashMap<>();
    private long weight;
    private long lastArrival;
    private boolean rooted;
    private boolean shownFinished;
    private boolean shownIncomplete;
    private int lateDocuments;

    StoredTrace(String traceId) {
        this.traceId = traceId;
    }

    /** False if the document said nothing new: a duplicate, which changes nothing and wakes nobody. */
    boolean add(Received document, long now) {
        boolean news = false;
        for (TraceSpan span : document.spans()) {
            news |= merge(span);
        }
        if (news) {
            lastArrival = now;
            shownIncomplete = false;
            if (shownFinished) {
                lateDocuments++;
            }
        }
        return news;
    }

    /** The last complete document wins; one in progress never replaces a complete one. */
    private boolean merge(TraceSpan span) {
        TraceSpan known = spans.get(span.id());
        if (known != null && (known.equals(span) || (span.inProgress() && !known.inProgress()))) {
            return false;
        }
        spans.put(span.id(), span);
        weight += SpanWeight.of(span) - (known == null ? 0 : SpanWeight.of(known));
        rooted |= span.parentId() == null && !span.inProgress();
        return true;
    }

    long weight() {
        return weight;
    }

    /** A root has come, and its end. */
    boolean rooted() {
        return rooted;
    }

    long quietFor(long now) {
        return now - lastArrival;
    }

    /** It has been shown with its root. */
    boolean finished() {
        return shownFinished;
    }

    /** Documents have come since it was shown as finished. */
    boolean late() {
        return lateDocuments > 0;
    }

    /** There is something that has not been shown. */
    boolean pending() {
        return rooted ? !shownFinished || lateDocuments > 0 : !shownIncomplete;
    }

    /** What is to be shown now; counts as shown from here on. */
    Showing show() {
        Showing showing = new Showing(traceId, new ArrayList<>(spans.values()), rooted, shownFinished, lateDocuments);
        shownFinished |= rooted;
        shownIncomplete |= !rooted;
        lateDocuments = 0;
        return showing;
    }

    /** A copy, for whoever asks. */
    Showing peek() {
        return new Showing(traceId, new ArrayList<>(spans.values()), rooted, shownFinished, lateDocuments);
    }

    /**
     * The documents of a trace at one moment; made under the store's lock, put in order outside of it.
     *
     * @param again it was shown as finished before
     * @param lateDocuments how many have come since then
     */
    record Showing(String traceId, List<TraceSpan> spans, boolean complete, boolean again, int lateDocuments) {
        Trace trace() {
            return new Trace(traceId, SpanTree.of(spans).spansWithService(), complete);
        }
    }
}
