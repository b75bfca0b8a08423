package io.spanloom.desk.filter;

/**
 * A filter expression that means nothing. The message has three lines: what was expected, the expression, and a caret below
 * the place.
 *
 * <pre>
 * expected a number, found "5" (column 16)
 *   responsetime > "5"
 *                  ^
 * </pre>
 */
public final class FilterException extends Exception {
    private static final long serialVersionUID = 1;

    /** Characters shown on either side of the place; an expression may be long, a terminal is not. */
    private static final int WINDOW = 50;

    private final String reason;
    private final int position;

    FilterException(String reason, String expression, int position) {
        // No stack trace: what people type wrong is no defect of the program.
        super(message(reason, expression, position), null, false, false);
        this.reason = reason;
        this.position = position;
    }

    /** What is wrong, without the picture. */
    public String reason() {
        return reason;
    }

    /** Where, in characters from 0; the expression's length means its end. */
    public int position() {
        return position;
    }

    private static String message(String reason, String expression, int position) {
        int from = Math.max(0, position - WINDOW);
        int to = Math.min(expression.length(), position + WINDOW);
        String before = from > 0 ? "..." : "";
        String shown = before + clean(expression.substring(from, to)) + (to < expression.length() ? "..." : "");
        return reason + " (column " + (position + 1) + ")\n  " + shown + "\n  "
                + " ".repeat(before.length() + position - from) + "^";
    }

    /** One column for each character: a line break or an escape sequence would move the caret, or the terminal's cursor. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c != 0x7f && Character.getType(c) != Character.FORMAT && !isC1(c);
            clean.append(plain ? c : c == '\n' || c == '\t' || c == '\r' ? ' ' : '?');
        }
        return clean.toString();
    }

    private static boolean isC1(char c) {
        return c >= 0x80 && c < 0xa0;
    }
}
