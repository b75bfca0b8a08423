package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Subsegment;
import io.spanloom.spi.Reporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes datagrams of a document and sends them: one, or, where it is too big, one for each of its subsegments and one
 * for the rest; what is too big by itself sheds metadata, then stack frames. Used by one thread.
 */
final class Delivery {

    /** Of one datagram with its header line: where the X-Ray SDK begins to split, below UDP's own 65,507 bytes. */
    static final int MAX_BYTES = 63 * 1024;

    /** What the daemon asks for before each document. */
    private static final byte[] HEADER = "{\"format\":\"json\",\"version\":1}\n".getBytes(StandardCharsets.US_ASCII);

    private final Exporter exporter;
    private final Buffer buffer = new Buffer();

    Delivery(Exporter exporter) {
        this.exporter = exporter;
    }

    /** Sends a document that counts as queued, and settles that count and those of the parts that it makes. */
    void deliver(Document document) {
        try {
            if (document.span() != null) {
                if (document.isOutdated()) {
                    exporter.withdraw(); // the span has ended meanwhile, and its own document must be the last
                    return;
                }
                deliver(document, document.span());
            } else if (document.entity() != null) {
                deliver(document.entity());
            }
        } catch (Throwable broken) { // anything: somebody's own entities and values are asked here
            exporter.settle(DropReason.NOT_WRITTEN);
        } finally {
            if (document.span() != null && document.unfinishedAt() == 0) {
                document.span().forgetPrevious();
            }
        }
    }

    private void deliver(Document document, XRaySpan span) throws IOException {
        if (fits(document, DocumentWriter.Form.WHOLE)) {
            return;
        }
        for (Object node : span.childrenInOrder()) {
            if (node instanceof SubsegmentSpan child && child.embed()) {
                part(Document.of(child, 0));
            } else if (node instanceof SdkChild child && child.embedded) {
                part(Document.of(child.subsegment));
            }
        }
        if (fits(document, DocumentWriter.Form.WITHOUT_CHILDREN)) {
            return;
        }
        if (fits(document, DocumentWriter.Form.WITHOUT_METADATA)
                || fits(document, DocumentWriter.Form.WITHOUT_STACKS)) {
            Reporter.warn(
                    "TRC-106",
                    "the span '" + span.name() + "' is too big for one datagram of 63 KiB and was sent without its"
                            + " metadata (and, where that was not enough, its stack frames): see its metadata"
                            + " spanloom.shed. Record less on one span");
            return;
        }
        exporter.settle(DropReason.TOO_LARGE);
    }

    private void part(Document document) {
        exporter.countPart();
        deliver(document);
    }

    private boolean fits(Document document, DocumentWriter.Form form) throws IOException {
        buffer.restart();
        DocumentWriter.write(document, form, buffer);
        return sendIfItFits();
    }

    private void deliver(Entity entity) throws IOException {
        SdkTree.cutDeep(entity).forEach(deep -> part(Document.of(deep)));
        String json = DocumentWriter.text(entity);
        if (json != null && fits(json)) {
            return;
        }
        for (Subsegment child : SdkTree.children(entity)) {
            if (child instanceof SubsegmentSpan ours) {
                if (ours.embed()) {
                    part(Document.of(ours, 0));
                }
            } else if (child != null) {
                part(Document.of(child));
            }
            entity.removeSubsegment(child);
        }
        json = DocumentWriter.text(entity);
        if (json != null && fits(json)) {
            return;
        }
        buffer.restart();
        DocumentWriter.writeRemains(entity, buffer);
        if (!sendIfItFits()) {
            exporter.settle(DropReason.TOO_LARGE);
            return;
        }
        Reporter.warn(
                "TRC-106",
                "the X-Ray SDK's span '" + entity.getName() + "' " + (json == null ? "cannot be written" : "is too big")
                        + " and was sent without its metadata and stack frames: see its metadata spanloom.shed");
    }

    private boolean fits(String json) {
        buffer.restart();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        buffer.write(bytes, 0, bytes.length);
        return sendIfItFits();
    }

    private boolean sendIfItFits() {
        if (buffer.size() > MAX_BYTES) {
            return false;
        }
        exporter.send(buffer.datagram());
        return true;
    }

    /** Grows once to what is needed and is used again. */
    private static final class Buffer extends ByteArrayOutputStream {

        private static final int KEPT = 256 * 1024;

        Buffer() {
            super(8 * 1024);
        }

        void restart() {
            if (buf.length > KEPT) {
                buf = new byte[8 * 1024];
            }
            count = 0;
            write(HEADER, 0, HEADER.length);
        }

        ByteBuffer datagram() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
