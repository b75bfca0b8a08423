package io.spanloom.desk;

import java.util.Locale;

/** Text of strangers, made fit to be shown on one line of a terminal. */
final class Text {
    private Text() {}

    /**
     * Replaces what would move the cursor, change colours or reorder the line: control characters, including escape, and
     * the format characters of bidirectional text. What a traced program says is never interpreted by the terminal.
     */
    static String clean(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                if (clean == null) {
                    clean = new StringBuilder(text);
                }
                clean.setCharAt(i, c == '\n' || c == '\t' || c == '\r' ? ' ' : '?');
            }
        }
        return clean == null ? text : clean.toString();
    }

    private static boolean isUnsafe(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** At most this many characters, the last an ellipsis if any were cut; never half a surrogate pair. Cleaned. */
    static String abbreviated(String text, int max) {
        // A few more characters than shown are enough to know that something was cut.
        String head = text.length() > max ? text.substring(0, max) : text;
        String clean = clean(head);
        if (text.length() <= max) {
            return clean;
        }
        int end = Math.max(max - 1, 0);
        if (end > 0 && Character.isHighSurrogate(clean.charAt(end - 1))) {
            end--;
        }
        return clean.substring(0, end) + "…";
    }

    static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /** {@code 1 span}, {@code 2 spans}. */
    static String counted(long count, String noun) {
        return String.format(Locale.ROOT, "%,d", count) + " " + noun + (count == 1 ? "" : "s");
    }
}
