package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Subsegment;
import io.spanloom.spi.Reporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes datagrams of documents, sends them and settles what becomes of them. A document that is too big for one datagram
 * takes as many of its subsegments with it as fit, and the others go in documents of their own; what is too big by itself
 * sheds metadata, then stack frames. Used by one thread at a time.
 */
final class Delivery {

    /** No subsegment is shorter: name, id and times alone take as much. */
    private static final int SHORTEST = 80;

    private static final List<DocumentWriter.Form> BY_ITSELF = List.of(
            DocumentWriter.Form.WITHOUT_CHILDREN,
            DocumentWriter.Form.WITHOUT_METADATA,
            DocumentWriter.Form.WITHOUT_STACKS);

    private final DatagramSink daemon;
    private final DocumentQueue queue;
    private final DropReports reports;
    private final Runnable afterEach;
    private final DatagramBuffer buffer = new DatagramBuffer();
    private final DatagramBuffer child = new DatagramBuffer();

    /** The name of a span of ours in the buffer that lacks some of what was recorded on it. */
    private @Nullable String shed;

    /**
     * @param afterEach called when a datagram was sent
     */
    Delivery(DatagramSink daemon, DocumentQueue queue, DropReports reports, Runnable afterEach) {
        this.daemon = daemon;
        this.queue = queue;
        this.reports = reports;
        this.afterEach = afterEach;
    }

    /** Sends what is in the queue by now; whether there was anything. */
    boolean deliverWaiting() {
        boolean worked = false;
        for (int count = queue.waiting(); count > 0; count--) {
            Document document = queue.next();
            if (document == null) {
                break; // a shutdown has dropped the rest
            }
            worked = true;
            try {
                deliver(document);
            } finally {
                queue.release(document);
            }
        }
        return worked;
    }

    /** Sends a document that counts as queued, and settles that count and those of the parts that it makes. */
    private void deliver(Document document) {
        try {
            if (document.span() != null) {
                if (document.isOutdated()) {
                    queue.withdraw(); // the span has ended meanwhile, and its own document must be the last
                    return;
                }
                deliver(document, document.span());
            } else if (document.entity() != null) {
                deliver(document.entity());
            }
        } catch (Throwable broken) { // anything: somebody's own entities and values are asked here
            settle(DropReason.NOT_WRITTEN);
        } finally {
            if (document.span() != null && document.unfinishedAt() == 0) {
                document.span().forgetPrevious();
            }
        }
    }

    private void deliver(Document document, XRaySpan span) throws IOException {
        if (fits(span, document, DocumentWriter.Form.WHOLE)) {
            send();
            return;
        }
        DocumentWriter.Form form = null;
        for (DocumentWriter.Form each : BY_ITSELF) {
            if (form == null && fits(span, document, each)) {
                form = each;
            }
        }
        List<Document> alone = new ArrayList<>();
        List<Object> children = document.unfinishedAt() == 0 ? span.childrenInOrder() : List.of();
        for (Object node : children) {
            if (node instanceof SubsegmentSpan ours && ours.embed()) {
                if (form == null || !takesWith(ours)) {
                    alone.add(Document.of(ours, 0));
                }
            } else if (node instanceof SdkChild theirs && theirs.embedded) {
                if (form == null || !takesWith(theirs.subsegment)) {
                    alone.add(Document.of(theirs.subsegment));
                }
            }
        }
        if (form == null) {
            settle(DropReason.TOO_LARGE);
        } else {
            send();
        }
        alone.forEach(this::part);
    }

    private void part(Document document) {
        queue.part();
        deliver(document);
    }

    private boolean fits(XRaySpan span, Document document, DocumentWriter.Form form) throws IOException {
        buffer.restart();
        try {
            shed = DocumentWriter.write(span, form, document.unfinishedAt(), buffer);
            return true;
        } catch (DatagramBuffer.TooLong tooLong) {
            return false;
        }
    }

    /** Puts one of our subsegments, with all below it, into the document in the buffer, unless it finds no room there. */
    private boolean takesWith(SubsegmentSpan ours) throws IOException {
        if (!buffer.hasRoomForChild(SHORTEST)) {
            return false;
        }
        child.clear();
        String lacking;
        try {
            lacking = DocumentWriter.writeEmbedded(ours, child);
        } catch (DatagramBuffer.TooLong tooLong) {
            return false;
        }
        if (!takesChildWith()) {
            return false;
        }
        shed = lacking == null ? shed : lacking;
        return true;
    }

    private boolean takesWith(Subsegment theirs) throws IOException {
        String json = buffer.hasRoomForChild(SHORTEST) ? DocumentWriter.embeddedText(theirs) : null;
        child.clear();
        if (json == null || !fits(json, child)) {
            return false;
        }
        return takesChildWith();
    }

    private boolean takesChildWith() throws IOException {
        if (!buffer.hasRoomForChild(child.length())) {
            return false;
        }
        buffer.child(child);
        return true;
    }

    private void deliver(Entity entity) throws IOException {
        SdkTree.cutDeep(entity).forEach(deep -> part(Document.of(deep)));
        if (fits(entity)) {
            send();
            return;
        }
        List<Subsegment> children = SdkTree.children(entity);
        children.forEach(entity::removeSubsegment);
        boolean whole = fits(entity);
        boolean any = whole || remainsFit(entity);
        List<Document> alone = new ArrayList<>();
        for (Subsegment each : children) {
            if (each instanceof SubsegmentSpan ours) {
                if (ours.embed() && !(any && takesWith(ours))) {
                    alone.add(Document.of(ours, 0));
                }
            } else if (each != null && !(any && takesWith(each))) {
                alone.add(Document.of(each));
            }
        }
        if (any) {
            send();
        } else {
            settle(DropReason.TOO_LARGE);
        }
        if (any && !whole) {
            Reporter.warn(
                    "TRC-106",
                    "the X-Ray SDK's span '" + entity.getName() + "' cannot be written, or is too big, and was sent"
                            + " without its metadata and stack frames: see its metadata spanloom.shed");
        }
        alone.forEach(this::part);
    }

    private boolean fits(Entity entity) throws IOException {
        String json = DocumentWriter.text(entity);
        shed = null;
        buffer.restart();
        return json != null && fits(json, buffer);
    }

    private static boolean fits(String json, DatagramBuffer target) throws IOException {
        try {
            target.write(json.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (DatagramBuffer.TooLong tooLong) {
            return false;
        }
    }

    private boolean remainsFit(Entity entity) throws IOException {
        shed = null;
        buffer.restart();
        try {
            DocumentWriter.writeRemains(entity, buffer);
            return true;
        } catch (DatagramBuffer.TooLong tooLong) {
            return false;
        }
    }

    private void send() throws IOException {
        DropReason lost = daemon.send(buffer.datagram());
        settle(lost);
        afterEach.run();
        if (lost == null && shed != null) {
            Reporter.warn(
                    "TRC-106",
                    "the span '" + shed + "' is too big for one document and was sent without its metadata (and, where"
                            + " that was not enough, its stack frames): see its metadata spanloom.shed. Record less on"
                            + " one span");
        }
    }

    private void settle(@Nullable DropReason reason) {
        queue.settle(reason);
        if (reason != null) {
            reports.say(reason, reason == DropReason.CANNOT_SEND ? daemon.problem() : null);
        }
    }
}
