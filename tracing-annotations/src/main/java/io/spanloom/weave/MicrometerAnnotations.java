package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Micrometer's {@code @Observed} of observations, and {@code @NewSpan}, {@code @ContinueSpan}, {@code @SpanTag} of its
 * tracing, with the names and tags that {@code ObservedAspect} and {@code SpanAspect} give their spans. An expression is
 * followed where it is a plain property path; there is no resolver of beans here.
 */
final class MicrometerAnnotations {

    private static final String PATH = "[A-Za-z_$][\\w$]*(\\(\\))?(\\.[A-Za-z_$][\\w$]*(\\(\\))?)*";

    /** Longer names are cut there. */
    private static final int LONGEST = 50;

    private MicrometerAnnotations() {}

    static AnnotationFacts[] translate(AnnotationFacts theirs) {
        return switch (theirs.simpleType()) {
            case "Observed" -> new AnnotationFacts[] {observed(theirs)};
            case "NewSpan" -> new AnnotationFacts[] {span(theirs, first(theirs, "name", "value"))};
            case "ContinueSpan" -> continued(theirs);
            case "ObservationKeyValues" ->
                theirs.repeated().stream().map(MicrometerAnnotations::tag).toArray(AnnotationFacts[]::new);
            default -> new AnnotationFacts[] {tag(theirs)};
        };
    }

    private static AnnotationFacts observed(AnnotationFacts theirs) {
        List<String> constants = new ArrayList<>(List.of("class\t$type", "method\t$method"));
        List<String> pairs = theirs.texts("lowCardinalityKeyValues");
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            constants.add(
                    pairs.get(i).replace('\t', ' ') + '\t' + pairs.get(i + 1).replace('\t', ' '));
        }
        return theirs.as("Traced")
                .with("foreign", Foreign.MICROMETER.word())
                .with("name", theirs.text("contextualName"))
                .with("defaultName", "$class#$method")
                .with("constants", constants);
    }

    private static AnnotationFacts span(AnnotationFacts theirs, String name) {
        return theirs.as("Traced")
                .with("foreign", Foreign.MICROMETER.word())
                .with("name", hyphens(name))
                .with("defaultName", "$hyphen")
                .with("constants", List.of("class\t$class", "method\t$method"));
    }

    private static AnnotationFacts[] continued(AnnotationFacts theirs) {
        AnnotationFacts span = span(theirs, "").with("continues", true);
        return theirs.text("log").isEmpty()
                ? new AnnotationFacts[] {span}
                : new AnnotationFacts[] {span, theirs.leftOut("the log of @ContinueSpan is not recorded")};
    }

    private static AnnotationFacts tag(AnnotationFacts theirs) {
        String expression = theirs.text("expression");
        if (!expression.isEmpty() && !expression.matches(PATH) || theirs.value("resolver") != null) {
            String what = expression.isEmpty() ? "its resolver" : "'" + expression + "'";
            return theirs.leftOut("@" + theirs.simpleType() + " is left out, for " + what
                    + " is not a plain property path; write @SpanAnnotation(path = ...) instead");
        }
        return theirs.capture("SpanAnnotation")
                .with("value", first(theirs, "value", "key"))
                .with("path", expression);
    }

    private static String first(AnnotationFacts theirs, String name, String other) {
        return theirs.text(name).isEmpty() ? theirs.text(other) : theirs.text(name);
    }

    /** As Micrometer writes names: {@code getOrder} is {@code get-order}. */
    static String hyphens(String name) {
        StringBuilder text = new StringBuilder();
        for (char each : name.toCharArray()) {
            boolean capital = Character.isUpperCase(each);
            text.append(capital && text.length() > 0 ? "-" : "")
                    .append(capital ? String.valueOf(each).toLowerCase(Locale.ROOT) : each);
        }
        return text.substring(0, Math.min(text.length(), LONGEST));
    }
}
