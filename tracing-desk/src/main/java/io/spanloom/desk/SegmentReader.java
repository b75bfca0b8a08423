package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads one X-Ray segment document: a segment or a subsegment sent alone, with whatever is embedded in it.
 *
 * <p>Subsegments nest without a limit in the schema, and recursive code makes them nest deeply in practice. They are read
 * by a loop over tokens with a stack of drafts on the heap, never by recursion.
 */
final class SegmentReader {
    /** Deeper than any document the service would take (64 KiB hold some 1,600 levels), so a guard, not a restriction. */
    static final int MAX_SUBSEGMENT_DEPTH = 5_000;

    private SegmentReader() {}

    static Received read(byte[] json, int offset, int length) throws RejectedException {
        return read(json, offset, length, TraceSpan.Source.XRAY);
    }

    /** A document that the desk wrote itself of a span that came by OTLP. */
    static Received readWritten(byte[] json) throws RejectedException {
        return read(json, 0, json.length, TraceSpan.Source.OTLP);
    }

    private static Received read(byte[] json, int offset, int length, TraceSpan.Source source)
            throws RejectedException {
        try (JsonParser parser = JsonValues.FACTORY.createParser(json, offset, length)) {
            List<SegmentDraft> drafts = readDrafts(parser, source);
            return assemble(drafts, new String(json, offset, length, StandardCharsets.UTF_8).trim());
        } catch (StreamConstraintsException e) {
            throw new RejectedException(Rejection.TOO_DEEP, e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new RejectedException(Rejection.BAD_JSON, particulars(e));
        } catch (IOException e) {
            throw new RejectedException(Rejection.BAD_JSON, String.valueOf(e.getMessage()));
        }
    }

    /** Jackson's message without its remark on where the enclosing object began, and where in the document it was. */
    private static String particulars(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int remark = message.indexOf(" (start marker");
        String what = remark < 0 ? message : message.substring(0, remark);
        return e.getLocation() == null
                ? what
                : what + " (byte " + e.getLocation().getByteOffset() + ")";
    }

    /** All drafts, each parent before its children. */
    private static List<SegmentDraft> readDrafts(JsonParser parser, TraceSpan.Source source)
            throws IOException, RejectedException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new RejectedException(Rejection.BAD_JSON, "the document does not start with {");
        }
        List<SegmentDraft> all = new ArrayList<>();
        Deque<SegmentDraft> open = new ArrayDeque<>();
        SegmentDraft current = new SegmentDraft(null, source);
        all.add(current);
        open.push(current);
        while (!open.isEmpty()) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new RejectedException(Rejection.BAD_JSON, "the document ends early");
            }
            switch (token) {
                case FIELD_NAME -> open.element().readField(parser);
                case START_OBJECT -> {
                    // Fields are read whole by the draft, so an object that opens here is an element of "subsegments".
                    if (open.size() > MAX_SUBSEGMENT_DEPTH) {
                        throw new RejectedException(
                                Rejection.TOO_DEEP,
                                "subsegments nest more than " + MAX_SUBSEGMENT_DEPTH + " levels deep");
                    }
                    current = new SegmentDraft(open.element(), source);
                    all.add(current);
                    open.push(current);
                }
                case END_OBJECT -> open.pop();
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new RejectedException(Rejection.BAD_JSON, "something follows the document");
        }
        return all;
    }

    private static Received assemble(List<SegmentDraft> drafts, String document) throws RejectedException {
        SegmentDraft first = drafts.get(0);
        first.checkStandsAlone();
        List<TraceSpan> spans = new ArrayList<>(drafts.size());
        for (SegmentDraft draft : drafts) {
            spans.add(draft.build());
        }
        return new Received(first.checkedTraceId(), List.copyOf(spans), document);
    }
}
