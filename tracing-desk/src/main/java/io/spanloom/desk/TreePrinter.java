package io.spanloom.desk;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws a trace for a terminal: a heading, then each span on a line with its place in the tree, its duration and its bar,
 * and what there is to say about it below.
 */
final class TreePrinter {
    /** More lines than this are not read at a terminal. */
    private static final int MAX_SPANS = 500;

    /** Levels that are drawn; what is deeper keeps the guides of its nearest ancestors. */
    private static final int MAX_DEPTH = 12;

    private static final int MIN_NAME = 8;
    private static final int MAX_SERVICE = 24;
    private static final int MIN_WIDTH = 60;
    private static final int MAX_WIDTH = 200;
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final Glyphs glyphs;
    private final boolean colour;
    private final ZoneId zone;
    private final int width;
    private final SpanNotes notes;

    TreePrinter(Glyphs glyphs, boolean colour, ZoneId zone, int width) {
        this.glyphs = glyphs;
        this.colour = colour;
        this.zone = zone;
        this.width = Math.max(MIN_WIDTH, Math.min(width, MAX_WIDTH));
        this.notes = new SpanNotes(glyphs);
    }

    /** The lines, without line ends. The trace's spans are in order already; only their places are worked out again. */
    List<String> print(Trace trace) {
        List<SpanTree.Node> nodes = SpanTree.of(trace.spans()).nodes();
        List<SpanTree.Node> drawn = nodes.subList(0, Math.min(nodes.size(), MAX_SPANS));
        Columns columns = Columns.of(
                width,
                drawn.stream().mapToInt(node -> label(node, width).used()).max().orElse(0));
        Waterfall waterfall = Waterfall.of(trace.spans(), glyphs, columns.bar());
        List<String> lines = new ArrayList<>();
        addHeading(trace, waterfall, lines);
        for (SpanTree.Node node : drawn) {
            lines.add(row(node, waterfall, columns));
            addNotes(node, lines);
        }
        if (nodes.size() > MAX_SPANS) {
            String rest = "and " + Text.counted(nodes.size() - MAX_SPANS, "more span") + " (--json shows all)";
            lines.add(line().add(rest, Ink.FAINT).toString());
        }
        lines.replaceAll(glyphs::spelled);
        return lines;
    }

    private void addHeading(Trace trace, Waterfall waterfall, List<String> lines) {
        String time = TIME.format(waterfall.start().atZone(zone));
        String duration = Durations.text(waterfall.duration()).trim();
        String spans = Text.counted(trace.spans().size(), "span");
        // On a short line, what the tree shows anyway makes room for what failed.
        List<String> facts = Stream.of(List.of(time, duration, spans), List.of(time, duration))
                .filter(some -> heading(trace, some, UNBOUNDED).used() <= width)
                .findFirst()
                .orElse(List.of(duration));
        Line heading = heading(trace, facts, width);
        String sources = glyphs.separator() + sources(trace.spans());
        if (sources.length() <= heading.left()) {
            heading.add(sources);
        }
        heading.add(" ").add(glyphs.rule().repeat(Math.max(heading.left(), 0)), Ink.FAINT);
        lines.add(heading.toString());
    }

    private Line heading(Trace trace, List<String> facts, int room) {
        Line heading = new Line(room, colour)
                .add(glyphs.rule().repeat(2) + " ", Ink.FAINT)
                .add(trace.xrayId(), Ink.NAME)
                .add(glyphs.separator() + String.join(glyphs.separator(), facts));
        addOutcome(heading, trace);
        return heading;
    }

    private void addOutcome(Line heading, Trace trace) {
        long faults = trace.spans().stream().filter(TraceSpan::fault).count();
        long throttles = trace.spans().stream().filter(TraceSpan::throttle).count();
        long errors = trace.spans().stream()
                .filter(span -> span.error() && !span.throttle())
                .count();
        addCount(heading, faults, "fault", Ink.FAULT);
        addCount(heading, errors, "error", Ink.ERROR);
        addCount(heading, throttles, "throttle", Ink.THROTTLE);
        if (!trace.complete()) {
            heading.add(glyphs.separator()).add("incomplete", Ink.ERROR);
        }
    }

    private void addCount(Line heading, long count, String noun, Ink ink) {
        if (count > 0) {
            heading.add(glyphs.separator()).add(Text.counted(count, noun), ink);
        }
    }

    private static String sources(List<TraceSpan> spans) {
        boolean xray = spans.stream().anyMatch(span -> span.source() == TraceSpan.Source.XRAY);
        boolean otlp = spans.stream().anyMatch(span -> span.source() == TraceSpan.Source.OTLP);
        return xray && otlp ? "X-Ray + OTLP" : xray ? "X-Ray" : "OTLP";
    }

    private String row(SpanTree.Node node, Waterfall waterfall, Columns columns) {
        TraceSpan span = node.span();
        String duration = span.inProgress() ? "running" : Durations.text(span.duration());
        return line().add(label(node, columns.label()).column(columns.label()))
                .add(" ".repeat(Math.max(Columns.DURATION + 1 - duration.length(), 1)) + duration + "  ")
                .add(glyphs.barStart(), Ink.FAINT)
                .add(waterfall.bar(span), Ink.of(span))
                .add(glyphs.barEnd(), Ink.FAINT)
                .toString();
    }

    /** A name too long for its column is cut; what happened to the span is not. */
    private Line label(SpanTree.Node node, int labelWidth) {
        TraceSpan span = node.span();
        Line tags = tags(node);
        Line label = new Line(labelWidth, colour).add(prefix(node), Ink.FAINT);
        String name = Text.abbreviated(span.name(), Math.max(label.left() - tags.used(), MIN_NAME));
        label.add(name, span.kind() == TraceSpan.Kind.SEGMENT ? Ink.NAME : Ink.PLAIN);
        return tags.used() <= label.left() ? label.add(tags) : label;
    }

    private Line tags(SpanTree.Node node) {
        TraceSpan span = node.span();
        Line tags = line();
        String service = span.service();
        if (service != null && !service.equals(parentService(node)) && !service.equals(span.name())) {
            tags.add("  ").add(Text.abbreviated(service, MAX_SERVICE), Ink.SERVICE);
        }
        if (span.namespace() != null) {
            tags.add("  ").add(span.namespace(), Ink.FAINT);
        }
        Object status = span.http().getOrDefault("response", Map.of()).get("status");
        if (status != null) {
            tags.add("  ").add(status.toString(), Ink.of(span));
        }
        if (!span.ok()) {
            tags.add("  ").add(outcome(span), Ink.of(span));
        }
        if (node.orphan()) {
            tags.add("  (parent not seen)", Ink.FAINT);
        }
        return tags;
    }

    private static String outcome(TraceSpan span) {
        List<String> words = new ArrayList<>();
        if (span.fault()) {
            words.add("fault");
        }
        if (span.error() && !span.throttle()) {
            words.add("error");
        }
        if (span.throttle()) {
            words.add("throttle");
        }
        return String.join(" ", words);
    }

    private static @Nullable String parentService(SpanTree.Node node) {
        SpanTree.Node parent = node.parent();
        return parent == null ? null : parent.span().service();
    }

    private void addNotes(SpanTree.Node node, List<String> lines) {
        String indent = guides(node) + (node.depth() == 0 ? "" : node.last() ? glyphs.gap() : glyphs.trunk());
        String own = node.hasChildren() ? glyphs.trunk() : glyphs.gap();
        for (SpanNotes.Note note : notes.of(node.span())) {
            lines.add(line().add(indent + own, Ink.FAINT)
                    .add(note.mark(), note.ink())
                    .add(note.text(), note.ink())
                    .toString());
        }
    }

    private String prefix(SpanTree.Node node) {
        return node.depth() == 0 ? "" : guides(node) + (node.last() ? glyphs.lastBranch() : glyphs.branch());
    }

    /** The lines that run past this span down to later siblings of its ancestors. */
    private String guides(SpanTree.Node node) {
        StringBuilder guides = new StringBuilder();
        SpanTree.Node ancestor = node.parent();
        for (int drawn = 0; ancestor != null && ancestor.depth() > 0 && drawn < MAX_DEPTH; drawn++) {
            guides.insert(0, ancestor.last() ? glyphs.gap() : glyphs.trunk());
            ancestor = ancestor.parent();
        }
        if (ancestor != null && ancestor.depth() > 0) {
            guides.insert(0, glyphs.deeper());
        }
        return guides.toString();
    }

    private Line line() {
        return new Line(width, colour);
    }
}
