package io.spanloom.desk;

/** A line of the terminal under construction: counts what is seen, not the escape sequences, and never grows beyond its width. */
final class Line {
    private final StringBuilder text = new StringBuilder();
    private final boolean colour;
    private final int width;
    private int used;

    Line(int width, boolean colour) {
        this.width = width;
        this.colour = colour;
    }

    /** Appends, cleaned, and cut with an ellipsis where the line ends. */
    Line add(String piece, Ink ink) {
        if (!piece.isEmpty() && used < width) {
            String shown = Text.abbreviated(piece, width - used);
            text.append(colour ? ink.on(shown) : shown);
            used += shown.length();
        }
        return this;
    }

    Line add(String piece) {
        return add(piece, Ink.PLAIN);
    }

    /** Appends a line that is ready, as wide as it is. */
    Line add(Line other) {
        text.append(other.text);
        used += other.used;
        return this;
    }

    /** Fills with spaces up to this column. */
    Line column(int column) {
        return add(" ".repeat(Math.max(column - used, 0)));
    }

    int used() {
        return used;
    }

    int left() {
        return width - used;
    }

    @Override
    public String toString() {
        return text.toString().stripTrailing();
    }
}
