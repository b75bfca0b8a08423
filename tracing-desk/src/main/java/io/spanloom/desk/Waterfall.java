package io.spanloom.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where in the trace a span lies, drawn to the scale of the whole trace. */
final class Waterfall {
    private final Glyphs glyphs;
    private final int cells;
    private final Instant start;
    private final Instant end;

    private Waterfall(Glyphs glyphs, int cells, Instant start, Instant end) {
        this.glyphs = glyphs;
        this.cells = cells;
        this.start = start;
        this.end = end;
    }

    static Waterfall of(List<TraceSpan> spans, Glyphs glyphs, int cells) {
        Instant start = Instant.MAX;
        Instant end = Instant.MIN;
        for (TraceSpan span : spans) {
            start = earlier(start, span.start());
            end = later(end, span.end() == null ? span.start() : span.end());
        }
        return new Waterfall(glyphs, cells, start, end);
    }

    /** From the first start to the last end. */
    Duration duration() {
        return end.isAfter(start) ? Duration.between(start, end) : Duration.ZERO;
    }

    /** The first start. */
    Instant start() {
        return start;
    }

    /** Exactly as many characters as there are cells. A span in progress runs to the end, in a lighter block. */
    String bar(TraceSpan span) {
        double total = Math.max(micros(start, end), 1);
        double from = cells * micros(start, span.start()) / total;
        double to = span.end() == null ? cells : cells * micros(start, later(span.start(), span.end())) / total;
        int first = Math.min((int) from, cells - 1);
        int last = Math.max((int) Math.ceil(to - 1e-9), first + 1);
        String block = span.inProgress() ? glyphs.openBlock() : to - from < 1 ? partial(to - from) : glyphs.block();
        // A bar shorter than a cell has one cell, even where it lies across the border of two.
        int length = to - from < 1 && !span.inProgress() ? 1 : last - first;
        return Text.padded(" ".repeat(first) + block.repeat(length), cells);
    }

    private String partial(double cell) {
        int steps = glyphs.partialBlocks().length();
        int step = Math.min((int) (cell * steps), steps - 1);
        return glyphs.partialBlocks().substring(step, step + 1);
    }

    private static double micros(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        // Not toNanos(): the clocks of strangers may be centuries apart, more than a long of nanoseconds holds.
        return between.getSeconds() * 1e6 + between.getNano() / 1e3;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
