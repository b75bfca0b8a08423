package io.spanloom.desk;

/**
 * How a line of the tree is divided: the labels take what they need, the bars what is left, within limits for both.
 *
 * @param label the characters of the place in the tree, the name and its tags
 * @param bar the characters of the bar, without its borders
 */
record Columns(int label, int bar) {
    static final int DURATION = 9;

    /** A space before the duration, two after it, and the bar's borders. */
    private static final int BETWEEN = 1 + 2 + 2;

    /** @param widest the longest label of the trace, uncut */
    static Columns of(int width, int widest) {
        int shared = width - DURATION - BETWEEN;
        int most = width * 3 / 10;
        int least = width * 3 / 20;
        int bar = Math.max(least, Math.min(shared - widest, most));
        return new Columns(shared - bar, bar);
    }
}
