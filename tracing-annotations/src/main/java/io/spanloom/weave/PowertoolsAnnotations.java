package io.spanloom.weave;

/**
 * Powertools for AWS Lambda's {@code @Tracing}: a subsegment {@code ## method} in the service's namespace, with the result as
 * metadata {@code method response} unless that is refused: by {@code captureMode}, by the environment, or by
 * {@code captureResponse = false} of Powertools 1. The environment is the program's, not the build's: core reads it.
 *
 * <p>An exception is recorded as always, which marks the fault, too (Powertools' metadata does not); where capturing errors
 * is refused, without its stack. {@code ColdStart} and {@code Service}, annotations of a Lambda handler, are not made.
 */
final class PowertoolsAnnotations {

    private static final String SERVICE = "${POWERTOOLS_SERVICE_NAME:service_undefined}";
    private static final String RESPONSE_SWITCH = "POWERTOOLS_TRACER_CAPTURE_RESPONSE";

    private PowertoolsAnnotations() {}

    static AnnotationFacts[] translate(AnnotationFacts theirs) {
        String namespace = theirs.text("namespace").isEmpty() ? SERVICE : theirs.text("namespace");
        String mode = theirs.text("captureMode");
        AnnotationFacts span = theirs.as("Subsegment")
                .with("foreign", Foreign.POWERTOOLS.word())
                .with("name", theirs.text("segmentName"))
                .with("defaultName", "## $method")
                .with("namespace", namespace);
        boolean byEnvironment = mode.isEmpty() || mode.equals("ENVIRONMENT_VAR");
        boolean errors = byEnvironment ? !isFalse(theirs, "captureError") : mode.endsWith("ERROR");
        boolean response = byEnvironment ? !isFalse(theirs, "captureResponse") : mode.startsWith("RESPONSE");
        AnnotationFacts full = errors ? span : span.with("stackTrace", 0);
        if (!response) {
            return new AnnotationFacts[] {full};
        }
        AnnotationFacts captured = theirs.capture("SpanMetadata")
                .with("namespace", namespace)
                .with("key", "$method response")
                .with("switch", byEnvironment ? RESPONSE_SWITCH : "");
        return new AnnotationFacts[] {full, captured};
    }

    private static boolean isFalse(AnnotationFacts theirs, String name) {
        return Boolean.FALSE.equals(theirs.value(name));
    }
}
