package io.spanloom.weave;

/**
 * OpenTelemetry's {@code @WithSpan} and {@code @SpanAttribute}, as its documentation of annotations has them: the name is
 * {@code Class.method} unless given, and {@code inheritContext = false} begins a new trace.
 */
final class OtelAnnotations {

    private OtelAnnotations() {}

    static AnnotationFacts[] translate(AnnotationFacts theirs) {
        if (theirs.type().endsWith("/SpanAttribute")) {
            return new AnnotationFacts[] {theirs.capture("SpanAnnotation").with("value", theirs.text("value"))};
        }
        AnnotationFacts ours = theirs.as("Traced")
                .with("foreign", Foreign.OTEL.word())
                .with("name", theirs.text("value"))
                .with("kind", theirs.text("kind"));
        return new AnnotationFacts[] {
            Boolean.FALSE.equals(theirs.value("inheritContext")) ? ours.with("root", true) : ours
        };
    }
}
