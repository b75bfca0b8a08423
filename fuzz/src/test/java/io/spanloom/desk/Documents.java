package io.spanloom.desk;

import io.spanloom.desk.filter.Filter;
import io.spanloom.desk.filter.FilterException;
import io.spanloom.desk.filter.Groups;
import io.spanloom.desk.filter.TraceElement;
import io.spanloom.desk.summary.TraceSummary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Predicate;

/** The desk's reader, for targets in other packages. */
public final class Documents {
    private static final TreePrinter PRINTER = new TreePrinter(Glyphs.UNICODE, true, ZoneOffset.UTC, 100);
    private static final Predicate<TraceElement> FILTER = filter();

    private Documents() {}

    private static Predicate<TraceElement> filter() {
        try {
            return Filter.parse(
                            "(fault or !error) and (duration > 1 or annotation.a = \"b\" or rootcause.fault.entity { last })"
                                    + " or service(\"x\") { fault } or edge(\"x\", \"y\")")
                    .bind(Groups.NONE);
        } catch (FilterException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether the desk takes a datagram; false where it says why not. */
    public static boolean isTaken(byte[] datagram, int length) {
        try {
            Received received = XRayDatagram.read(datagram, length);
            assertUsable(received);
            return true;
        } catch (RejectedException rejected) {
            if (rejected.reason() == null) {
                throw new AssertionError("rejected without a reason", rejected);
            }
            Refused refused = Refused.of(Protocol.UDP, rejected.reason(), rejected.detail(), datagram, length);
            if (refused.excerpt().length() > Refused.EXCERPT) {
                throw new AssertionError("excerpt of " + refused.excerpt().length());
            }
            return false;
        }
    }

    /** What was taken can be stored, summarised, asked, drawn, written and looked at for the service's limits. */
    static void assertUsable(Received received) {
        TraceStore store = new TraceStore(() -> 0, 0, 10, 1L << 30, new Counting());
        store.add(received);
        store.newestFirst().forEach(held -> {
            TraceSummary summary = held.summary();
            boolean unusedMatch = FILTER.test(summary);
            String unusedRow = JsonLine.ofValue(TraceRow.of(held));
        });
        for (StoredTrace.Showing showing : store.takeAll()) {
            Trace trace = showing.trace();
            for (String line : PRINTER.print(trace)) {
                if (line.indexOf('\n') >= 0) {
                    throw new AssertionError("a line with a line's end");
                }
            }
            String unusedLine = JsonLine.of(trace);
        }
        Lint lint = new Lint(Instant.EPOCH);
        for (StoredTrace.Document document : store.documents(received.traceId())) {
            lint.add(document.text(received.traceId()));
            String written = SegmentWriter.write(received.traceId(), document.span());
            assertReadAgain(received, document.span(), written);
        }
        for (Lint.Finding finding : lint.finish()) {
            if (finding.text().isEmpty()) {
                throw new AssertionError("a finding without words: " + finding);
            }
        }
    }

    private static void assertReadAgain(Received received, TraceSpan span, String written) {
        byte[] json = written.getBytes(StandardCharsets.UTF_8);
        try {
            Received again = SegmentReader.read(json, 0, json.length);
            if (!again.traceId().equals(received.traceId())
                    || !again.head().id().equals(span.id())) {
                throw new AssertionError("written as another: " + written);
            }
        } catch (RejectedException e) {
            // A name that X-Ray does not take, or values that X-Ray's form nests one level too deep.
            if (e.reason() != Rejection.NO_NAME
                    && e.reason() != Rejection.TOO_DEEP
                    && e.reason() != Rejection.BAD_TIME) {
                throw new AssertionError("cannot be read again: " + e.reason() + " " + e.detail() + " " + written, e);
            }
        }
    }
}
