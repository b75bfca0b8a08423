package io.spanloom.sql;

import java.util.Locale;
import java.util.Set;

/** What of a statement's text may be told: what it does, and the text without its literals. One pass over it, no look back. */
final class StatementText {

    /** Longer texts are cut before they are read: more is not recorded either. */
    private static final int LIMIT = 16 * 1024;

    /** Those in which text between double quotes is a name by the standard; in others it may be a value. */
    private static final Set<String> QUOTED_NAMES = Set.of("postgresql", "oracle", "db2", "derby", "teradata");

    /** Those in which a backslash keeps the next character from ending a text. */
    private static final Set<String> BACKSLASHES = Set.of("mysql", "mariadb", "hive", "other_sql");

    private static final int LONGEST_OPERATION = 16;

    private final String text;
    private final boolean quotedNames;
    private final boolean backslashes;
    private final StringBuilder out;
    private int at;

    private StatementText(String text, String system) {
        this.text = text.length() <= LIMIT ? text : text.substring(0, LIMIT);
        this.quotedNames = QUOTED_NAMES.contains(system);
        this.backslashes = BACKSLASHES.contains(system);
        this.out = new StringBuilder(this.text.length());
    }

    /** The first word, in upper case: {@code SELECT}; {@code SQL} where the text begins with none. */
    static String operation(String text) {
        int from = 0;
        while (from < text.length() && from < LIMIT) {
            char c = text.charAt(from);
            if (text.startsWith("--", from)) {
                from = after(text, "\n", from);
            } else if (text.startsWith("/*", from)) {
                from = after(text, "*/", from + 2);
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
    static String withoutLiterals(String text, String system) {
        StatementText reading = new StatementText(text, system);
        reading.read();
        return reading.out.toString().strip();
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                literal('\'');
            } else if (c == '"' && !quotedNames) {
                literal('"');
            } else if (c == '"' || c == '`') {
                name(c);
            } else if (c == '-' && text.startsWith("--", at)) {
                at = after(text, "\n", at);
                out.append(' ');
            } else if (c == '#' && backslashes) {
                at = after(text, "\n", at);
                out.append(' ');
            } else if (c == '/' && text.startsWith("/*", at)) {
                at = after(text, "*/", at + 2);
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
        boolean escapes = backslashes || endsWithE();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && escapes) {
                at++;
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
        int after = end < 0 ? text.length() : end + 1;
        out.append(text, at, after);
        at = after;
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

    /** Where a text that has begun is over; the whole's end where it never is. */
    private static int after(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
