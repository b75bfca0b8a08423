package io.spanloom.test;

import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.ThrownException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trace as a tree without times, so that a reader compares it with what the test expects. */
final class TraceText {

    private static final int VALUE_CHARS = 120;

    private final StringBuilder text = new StringBuilder(512);
    private final RecordedTrace trace;
    private final @Nullable MemorySpan marked;

    private TraceText(RecordedTrace trace, @Nullable MemorySpan marked) {
        this.trace = trace;
        this.marked = marked;
    }

    /**
     * @param marked the span that the reader should look at, or null
     */
    static String of(RecordedTrace trace, @Nullable MemorySpan marked) {
        TraceText tree = new TraceText(trace, marked);
        tree.text.append("trace ").append(trace.traceId()).append('\n');
        for (MemorySpan root : trace.roots()) {
            Span above = root.parent();
            if (above != null && !above.isEnded()) {
                tree.text.append("(below '").append(above.name()).append("', which has not ended) ");
            }
            tree.span(root, "", "");
        }
        return tree.text.toString().stripTrailing();
    }

    private void span(MemorySpan span, String firstIndent, String indent) {
        text.append(firstIndent).append(span.name());
        if (span.response() != null) {
            text.append("  ").append(span.response().status());
        }
        if (span.outcome() != Outcome.OK) {
            text.append("  ").append(span.outcome());
        }
        for (ThrownException thrown : span.exceptions()) {
            text.append("  ").append(thrown.type()).append(": ").append(cut(thrown.message()));
        }
        span.annotations()
                .forEach((key, value) ->
                        text.append("  ").append(key).append('=').append(cut(value.toString())));
        span.metadata()
                .forEach((namespace, values) -> values.forEach((key, json) -> text.append("  {")
                        .append(namespace)
                        .append('/')
                        .append(key)
                        .append('=')
                        .append(cut(json))
                        .append('}')));
        text.append(span == marked ? "   <--- here\n" : "\n");
        List<MemorySpan> children = trace.children(span);
        for (int i = 0; i < children.size(); i++) {
            boolean last = i + 1 == children.size();
            span(children.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
        }
    }

    private static String cut(String value) {
        String line = value.replace('\n', ' ').replace('\r', ' ');
        return line.length() <= VALUE_CHARS ? line : line.substring(0, VALUE_CHARS) + "...";
    }
}
