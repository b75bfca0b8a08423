package io.spanloom.sql;

import io.spanloom.sql.Dialect.Backslash;
import java.util.Locale;

/** What of a statement's text may be told: what it does, and the text without its literals. One pass over it, no look back. */
final class StatementText {

    /** Longer texts are cut before they are read: more is not recorded either. */
    private static final int LIMIT = 16 * 1024;

    private static final int LONGEST_OPERATION = 16;

    private final String text;
    private final Dialect dialect;
    private final StringBuilder out;
    private int at;

    private StatementText(String text, Dialect dialect) {
        this.text = text.length() <= LIMIT ? text : text.substring(0, LIMIT);
        this.dialect = dialect;
        this.out = new StringBuilder(this.text.length());
    }

    /** The first word, in upper case: {@code SELECT}; {@code SQL} where the text begins with none. */
    static String operation(String text) {
        int from = 0;
        while (from < text.length() && from < LIMIT) {
            char c = text.charAt(from);
            if (text.startsWith("--", from)) {
                from = afterLine(text, from, Dialect.LINE_END);
            } else if (text.startsWith("/*", from)) {
                // Where comments do not nest, this may read past the first word, but never a word of the comment.
                from = afterComment(text, from, true);
            } else if (Character.isWhitespace(c) || c == '(' || c == '{' || c == '?' || c == '=') {
                from++;
            } else {
                break;
            }
        }
        int end = from;
        while (end < text.length() && end - from <= LONGEST_OPERATION && isLetter(text.charAt(end))) {
            end++;
        }
        return end == from || end - from > LONGEST_OPERATION
                ? "SQL"
                : text.substring(from, end).toUpperCase(Locale.ROOT);
    }

    /** Each literal as a question mark, comments left out: they may hold anything. */
    static String withoutLiterals(String text, Dialect dialect) {
        StatementText reading = new StatementText(text, dialect);
        reading.read();
        return reading.out.toString().strip();
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                literal('\'');
            } else if (c == '"' && !dialect.quotedNames()) {
                literal('"');
            } else if (c == '"' || c == '`' && dialect.backticks()) {
                name(c);
            } else if (c == '-' && text.startsWith("--", at)) {
                at = afterLine(text, at, dialect.lineEnds());
                out.append(' ');
            } else if (c == '#' && dialect.hashes()) {
                at = afterLine(text, at, dialect.lineEnds());
                out.append(' ');
            } else if (c == '/' && text.startsWith("/*", at)) {
                at = afterComment(text, at, dialect.nested());
                out.append(' ');
            } else if (c == '$' && !followsWord()) {
                dollar();
            } else if (isDigit(c) && !followsWord()) {
                number();
            } else {
                out.append(c);
                at++;
            }
        }
    }

    /** What is before the quote, {@code E} or {@code X}, stays and tells nothing. */
    private void literal(char quote) {
        Backslash backslash = endsWithE() ? Backslash.ESCAPES : dialect.backslash();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && backslash != Backslash.IS_A_CHARACTER) {
                boolean beforeQuote = at < text.length() && text.charAt(at) == quote;
                // Nobody can tell from the text whether that one ends here: all that follows may be a value.
                at = beforeQuote && backslash == Backslash.MAY_ESCAPE ? text.length() : at + 1;
            } else if (c == quote) {
                if (at >= text.length() || text.charAt(at) != quote) {
                    break;
                }
                at++; // doubled: it stands for itself
            }
        }
        out.append('?');
    }

    private boolean endsWithE() {
        int last = out.length() - 1;
        return last >= 0
                && (out.charAt(last) == 'E' || out.charAt(last) == 'e')
                && (last == 0 || !isWord(out.charAt(last - 1)));
    }

    private void name(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            out.append('?');
            at = text.length();
        } else {
            out.append(text, at, end + 1);
            at = end + 1;
        }
    }

    /** {@code $1} is a parameter, {@code $$text$$} and {@code $tag$text$tag$} are texts. */
    private void dollar() {
        int end = at + 1;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '$' && (end == at + 1 || !isDigit(text.charAt(at + 1)))) {
            String tag = text.substring(at, end + 1);
            at = after(text, tag, end + 1);
            out.append('?');
        } else {
            out.append(text, at, end);
            at = end;
        }
    }

    /** Also {@code 1.5e-10} and {@code 0x1F}. */
    private void number() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean exponentsSign = (c == '-' || c == '+')
                    && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E')
                    && at + 1 < text.length()
                    && isDigit(text.charAt(at + 1));
            if (!isWord(c) && c != '.' && !exponentsSign) {
                break;
            }
            at++;
        }
        out.append('?');
    }

    private boolean followsWord() {
        return at > 0 && isWord(text.charAt(at - 1));
    }

    private static boolean isWord(char c) {
        return isLetter(c) || isDigit(c) || c == '_' || c > 0x7f;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int afterLine(String text, int from, String ends) {
        int end = from;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return Math.min(end + 1, text.length());
    }

    private static int afterComment(String text, int from, boolean nested) {
        int depth = 0;
        int end = from;
        do {
            if (text.startsWith("*/", end)) {
                depth--;
                end += 2;
            } else if (text.startsWith("/*", end) && (depth == 0 || nested)) {
                depth++;
                end += 2;
            } else {
                end++;
            }
        } while (depth > 0 && end < text.length());
        return Math.min(end, text.length());
    }

    /** Where a text that has begun is over; the whole's end where it never is. */
    private static int after(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
