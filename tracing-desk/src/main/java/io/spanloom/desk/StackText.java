package io.spanloom.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The throwables that a stack trace in text speaks of: OTLP has one event for a throwable with all its causes, X-Ray one
 * entry for each. One for each span, whose frames it counts.
 */
final class StackText {
    /** Of a throwable; what it has besides is counted. A JVM's own limit is 1,024. */
    static final int MAX_FRAMES = 200;

    /** Of all throwables of a span: a text of very short lines would take many times its size. */
    static final int MAX_FRAMES_OF_SPAN = 2_000;

    static final int MAX_LINE = 500;

    private static final String CAUSED_BY = "Caused by: ";
    private static final String AT = "\tat ";
    private static final Pattern FRAME = Pattern.compile("([^(]*)\\(([^:)]*)(?::(\\d{1,9}))?\\)");
    private static final Pattern MORE = Pattern.compile("\t\\.\\.\\. (\\d{1,4}) more");

    private final List<TraceSpan.Thrown> all = new ArrayList<>();
    private int left = MAX_FRAMES_OF_SPAN;

    private String type = "";
    private String message = "";
    private List<TraceSpan.Frame> stack = new ArrayList<>();
    private int truncated;

    /** All that have been added, outermost first. */
    List<TraceSpan.Thrown> all() {
        return all;
    }

    /**
     * Adds a throwable and its causes. A cause's message that goes on over several lines is joined with newlines; it ends at
     * the first frame. Suppressed throwables and their causes are indented, and so are not taken for causes of the main one.
     * A text that is not the JVM's is kept by lines.
     */
    void add(String type, String message, String stackTrace) {
        this.type = type;
        this.message = message;
        if (stackTrace.contains("\n" + AT) || stackTrace.contains("\n" + CAUSED_BY)) {
            addJvm(stackTrace);
        } else {
            addLines(stackTrace);
        }
        end();
    }

    private void addJvm(String stackTrace) {
        StringBuilder head = null;
        for (String line : (Iterable<String>) stackTrace.lines()::iterator) {
            if (line.startsWith(CAUSED_BY)) {
                readHead(head);
                end();
                head = new StringBuilder(line.substring(CAUSED_BY.length()));
            } else if (line.startsWith(AT) || line.startsWith("\t...") || line.startsWith("\tSuppressed: ")) {
                readHead(head);
                head = null;
                addStep(line);
            } else if (head != null) {
                head.append('\n').append(line);
            }
        }
        readHead(head);
    }

    private void readHead(@Nullable StringBuilder head) {
        if (head == null) {
            return;
        }
        String text = head.toString();
        int colon = text.indexOf(": ");
        type = colon >= 0 ? text.substring(0, colon) : text.endsWith(":") ? text.substring(0, text.length() - 1) : text;
        message = colon >= 0 ? text.substring(colon + 2) : "";
    }

    private void addStep(String line) {
        Matcher more = MORE.matcher(line);
        if (more.matches()) {
            truncated += Integer.parseInt(more.group(1));
        } else if (line.startsWith(AT)) {
            String step = line.substring(AT.length());
            Matcher frame = FRAME.matcher(step);
            if (frame.matches()) {
                int number = frame.group(3) == null ? 0 : Integer.parseInt(frame.group(3));
                add(cut(frame.group(1)), cut(frame.group(2)), number);
            } else {
                add(cut(step), "", 0);
            }
        }
    }

    /** The first says what the event says already. */
    private void addLines(String text) {
        boolean first = true;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            boolean repeats = first && !type.isEmpty() && line.startsWith(type);
            if (!repeats && !line.isBlank()) {
                add(cut(line), "", 0);
            }
            first = false;
        }
    }

    private void add(String label, String path, int line) {
        if (stack.size() < MAX_FRAMES && left > 0) {
            left--;
            stack.add(new TraceSpan.Frame(label, path, line));
        } else {
            truncated++;
        }
    }

    private void end() {
        all.add(new TraceSpan.Thrown(type, message, stack, truncated));
        stack = new ArrayList<>();
        truncated = 0;
    }

    private static String cut(String text) {
        return text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE - 1) + "…";
    }
}
