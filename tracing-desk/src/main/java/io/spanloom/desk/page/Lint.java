package io.spanloom.desk.page;

import io.spanloom.desk.TraceSpan;
import io.spanloom.desk.api.ServiceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the X-Ray service would refuse, cut or not index, and the desk takes all the same (X-Ray developer guide, "Segment
 * documents"). Figures are the guide's.
 */
final class Lint {
    private Lint() {}

    static boolean found(TraceSpan span) {
        return !nameFits(span.name())
                || span.annotations().size() > ServiceLimits.ANNOTATIONS
                || span.annotations().entrySet().stream().anyMatch(entry -> !fits(entry));
    }

    /** Sentences for people. */
    static List<String> of(TraceSpan span) {
        List<String> hints = new ArrayList<>();
        String name = span.name();
        int characters = ServiceLimits.length(name);
        if (characters > ServiceLimits.NAME) {
            hints.add("The name has " + characters + " characters; X-Ray takes " + ServiceLimits.NAME + ".");
        } else if (!nameFits(name)) {
            hints.add("X-Ray takes " + ServiceLimits.NAME_CHARACTERS + " in names.");
        }
        if (span.annotations().size() > ServiceLimits.ANNOTATIONS) {
            hints.add(span.annotations().size() + " annotations; X-Ray indexes " + ServiceLimits.ANNOTATIONS
                    + " in a trace.");
        }
        for (Map.Entry<String, Object> entry : span.annotations().entrySet()) {
            if (!keyFits(entry.getKey())) {
                hints.add("Annotation " + cut(entry.getKey()) + ": X-Ray takes " + ServiceLimits.KEY_CHARACTERS
                        + " in keys, up to " + ServiceLimits.ANNOTATION_KEY + " of them.");
            } else if (!fits(entry)) {
                hints.add("Annotation " + cut(entry.getKey()) + " has more than " + ServiceLimits.ANNOTATION_VALUE
                        + " characters; X-Ray keeps no more.");
            }
        }
        return hints;
    }

    private static boolean fits(Map.Entry<String, Object> entry) {
        return keyFits(entry.getKey())
                && !(entry.getValue() instanceof String text && text.length() > ServiceLimits.ANNOTATION_VALUE);
    }

    private static boolean nameFits(String name) {
        return ServiceLimits.length(name) <= ServiceLimits.NAME && ServiceLimits.hasNameCharacters(name);
    }

    private static boolean keyFits(String key) {
        return key.length() <= ServiceLimits.ANNOTATION_KEY && ServiceLimits.hasKeyCharacters(key);
    }

    private static String cut(String text) {
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
