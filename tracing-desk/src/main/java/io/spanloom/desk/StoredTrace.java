package io.spanloom.desk;

import io.spanloom.desk.summary.HeldTrace;
import io.spanloom.desk.summary.TraceSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One trace while its documents arrive. Guarded by its {@link TraceStore}. */
final class StoredTrace {
    final String traceId;
    private final long sequence;
    private final Map<String, TraceSpan> spans = new LinkedHashMap<>(4);

    /** As they were sent, by the id of the span they are about; null where the desk has to write it. */
    private final Map<String, @Nullable String> documents = new LinkedHashMap<>(2);

    private long weight;
    private long lastArrival;
    private long updatedMillis;
    private int revision;
    private boolean rooted;
    private boolean shownFinished;
    private boolean shownIncomplete;
    private int lateDocuments;

    /** Null if documents have come since it was made. */
    private @Nullable HeldTrace held;

    StoredTrace(String traceId, long sequence) {
        this.traceId = traceId;
        this.sequence = sequence;
    }

    /**
     * False if the document said nothing new: a duplicate, which changes nothing and wakes nobody.
     *
     * @param now by the clock that does not jump
     * @param millis by the calendar
     */
    boolean add(Received document, long now, long millis) {
        boolean news = false;
        for (TraceSpan span : document.spans()) {
            news |= merge(span);
        }
        if (news) {
            keep(document);
            lastArrival = now;
            updatedMillis = millis;
            revision++;
            held = null;
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

    /** A document in X-Ray's own words is kept rather than one that would have to be written. */
    private void keep(Received received) {
        String id = received.head().id();
        String known = documents.get(id);
        boolean outdated =
                received.head().inProgress() && known != null && !spanOf(id).inProgress();
        if (outdated || (received.document() == null && known != null)) {
            return;
        }
        documents.put(id, received.document());
        weight += SpanWeight.ofDocument(received.document()) - SpanWeight.ofDocument(known);
    }

    private TraceSpan spanOf(String id) {
        TraceSpan span = spans.get(id);
        if (span == null) {
            throw new IllegalStateException(id);
        }
        return span;
    }

    /** Those of these spans. */
    List<Document> documents(Collection<String> ids) {
        List<Document> some = new ArrayList<>(ids.size());
        for (String id : ids) {
            // A span may be known from a document about another, and have none of its own.
            if (documents.containsKey(id)) {
                some.add(new Document(id, documents.get(id), spanOf(id)));
            }
        }
        return some;
    }

    /** One entry for each document; by the arrival of the first about each span. */
    List<Document> documents() {
        List<Document> all = new ArrayList<>(documents.size());
        documents.forEach((id, text) -> all.add(new Document(id, text, spanOf(id))));
        return all;
    }

    long sequence() {
        return sequence;
    }

    long updatedMillis() {
        return updatedMillis;
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
        Showing showing = peek();
        shownFinished |= rooted;
        shownIncomplete |= !rooted;
        lateDocuments = 0;
        return showing;
    }

    /** A copy, for whoever asks. */
    Showing peek() {
        return new Showing(traceId, new ArrayList<>(spans.values()), rooted, shownFinished, lateDocuments);
    }

    @Nullable
    HeldTrace held() {
        return held;
    }

    /** What a summary is made of, outside of the store's lock. */
    Unsummarised unsummarised() {
        return new Unsummarised(this, sequence, revision, updatedMillis, new ArrayList<>(spans.values()));
    }

    /** Takes a summary, unless documents have come while it was made. */
    void hold(HeldTrace made) {
        if (made.revision() == revision) {
            held = made;
        }
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

    /** A trace whose summary is missing or outdated. */
    record Unsummarised(StoredTrace trace, long sequence, int revision, long updatedMillis, List<TraceSpan> spans) {
        HeldTrace summarise() {
            return new HeldTrace(sequence, TraceSummary.of(trace.traceId, spans), revision, updatedMillis);
        }
    }

    /**
     * A document of a trace.
     *
     * @param sent null if it came by OTLP
     * @param span as the desk knows it now
     */
    record Document(String id, @Nullable String sent, TraceSpan span) {
        /** In X-Ray's form, whichever way it came. */
        String text(String traceId) {
            return sent == null ? SegmentWriter.write(traceId, span) : sent;
        }
    }
}
