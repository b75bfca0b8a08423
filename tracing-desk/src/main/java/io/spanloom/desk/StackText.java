package io.spanloom.desk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The throwables that a Java stack trace in text speaks of: OTLP has one event for a throwable with all its causes, X-Ray
 * one entry for each.
 */
final class StackText {
    private static final String CAUSED_BY = "Caused by: ";

    private StackText() {}

    /**
     * The causes, outermost first. A message that goes on over several lines is joined with newlines; it ends at the first
     * frame. Suppressed throwables and their causes are indented, and so are not taken for causes of the main one.
     */
    static List<TraceSpan.Thrown> causes(String stackTrace) {
        List<TraceSpan.Thrown> causes = new ArrayList<>();
        StringBuilder cause = null;
        for (String line : (Iterable<String>) stackTrace.lines()::iterator) {
            if (line.startsWith(CAUSED_BY)) {
                add(causes, cause);
                cause = new StringBuilder(line.substring(CAUSED_BY.length()));
            } else if (line.startsWith("\tat ") || line.startsWith("\t...") || line.startsWith("\tSuppressed: ")) {
                add(causes, cause);
                cause = null;
            } else if (cause != null) {
                cause.append('\n').append(line);
            }
        }
        add(causes, cause);
        return causes;
    }

    private static void add(List<TraceSpan.Thrown> causes, @Nullable StringBuilder cause) {
        if (cause == null) {
            return;
        }
        String text = cause.toString();
        int colon = text.indexOf(": ");
        if (colon >= 0) {
            causes.add(new TraceSpan.Thrown(text.substring(0, colon), text.substring(colon + 2)));
        } else {
            causes.add(new TraceSpan.Thrown(text.endsWith(":") ? text.substring(0, text.length() - 1) : text, ""));
        }
    }
}
