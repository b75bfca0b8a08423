package io.spanloom.desk.page;

import io.spanloom.desk.TraceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the X-Ray service would refuse, cut or not index, and the desk takes all the same (X-Ray developer guide, "Segment
 * documents"). Figures are the guide's.
 */
final class Lint {
    private static final int MAX_NAME = 200;
    private static final int MAX_KEY = 500;
    private static final int MAX_VALUE = 1_000;
    private static final int MAX_ANNOTATIONS = 50;

    private Lint() {}

    static boolean found(TraceSpan span) {
        return !nameFits(span.name())
                || span.annotations().size() > MAX_ANNOTATIONS
                || span.annotations().entrySet().stream().anyMatch(entry -> !fits(entry));
    }

    /** Sentences for people. */
    static List<String> of(TraceSpan span) {
        List<String> hints = new ArrayList<>();
        String name = span.name();
        int characters = name.codePointCount(0, name.length());
        if (characters > MAX_NAME) {
            hints.add("The name has " + characters + " characters; X-Ray takes " + MAX_NAME + ".");
        } else if (!nameFits(name)) {
            hints.add("X-Ray takes letters, digits, spaces and _ . : / % & # = + \\ - @ in names.");
        }
        if (span.annotations().size() > MAX_ANNOTATIONS) {
            hints.add(span.annotations().size() + " annotations; X-Ray indexes " + MAX_ANNOTATIONS + " in a trace.");
        }
        for (Map.Entry<String, Object> entry : span.annotations().entrySet()) {
            if (!keyFits(entry.getKey())) {
                hints.add("Annotation " + cut(entry.getKey()) + ": X-Ray takes letters, digits, _ and . in keys, up to "
                        + MAX_KEY + " of them.");
            } else if (!fits(entry)) {
                hints.add("Annotation " + cut(entry.getKey()) + " has more than " + MAX_VALUE
                        + " characters; X-Ray keeps no more.");
            }
        }
        return hints;
    }

    private static boolean fits(Map.Entry<String, Object> entry) {
        return keyFits(entry.getKey()) && !(entry.getValue() instanceof String text && text.length() > MAX_VALUE);
    }

    private static boolean nameFits(String name) {
        return name.codePointCount(0, name.length()) <= MAX_NAME
                && name.codePoints()
                        .allMatch(c -> Character.isLetterOrDigit(c)
                                || Character.isWhitespace(c)
                                || "_.:/%&#=+\\-@".indexOf(c) >= 0);
    }

    private static boolean keyFits(String key) {
        return !key.isEmpty()
                && key.length() <= MAX_KEY
                && key.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '_'
                                || c == '.');
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
