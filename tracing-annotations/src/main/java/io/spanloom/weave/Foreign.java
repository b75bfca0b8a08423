package io.spanloom.weave;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Others whose annotations can be woven as if they were ours; each by itself, and none unless it is switched on. */
enum Foreign {
    OTEL,
    XRAY,
    POWERTOOLS,
    MICROMETER;

    private static final String OTEL_NOW = "io/opentelemetry/instrumentation/annotations/";
    private static final String OTEL_BEFORE = "io/opentelemetry/extension/annotations/";
    private static final String MICROMETER_TRACING = "io/micrometer/tracing/annotation/";
    private static final String MICROMETER_OBSERVATION = "io/micrometer/observation/annotation/";

    private static final Map<String, Foreign> ANNOTATIONS = Map.ofEntries(
            Map.entry(OTEL_NOW + "WithSpan", OTEL),
            Map.entry(OTEL_NOW + "SpanAttribute", OTEL),
            Map.entry(OTEL_BEFORE + "WithSpan", OTEL),
            Map.entry(OTEL_BEFORE + "SpanAttribute", OTEL),
            Map.entry("com/amazonaws/xray/spring/aop/XRayEnabled", XRAY),
            Map.entry("software/amazon/lambda/powertools/tracing/Tracing", POWERTOOLS),
            Map.entry(MICROMETER_OBSERVATION + "Observed", MICROMETER),
            Map.entry(MICROMETER_OBSERVATION + "ObservationKeyValue", MICROMETER),
            Map.entry(MICROMETER_OBSERVATION + "ObservationKeyValues", MICROMETER),
            Map.entry(MICROMETER_TRACING + "NewSpan", MICROMETER),
            Map.entry(MICROMETER_TRACING + "ContinueSpan", MICROMETER),
            Map.entry(MICROMETER_TRACING + "SpanTag", MICROMETER));

    /** The aspects that their own compilers weave into a method's code. */
    private static final Map<String, Foreign> ASPECTS = Map.of(
            "software/amazon/lambda/powertools/tracing/internal/LambdaTracingAspect", POWERTOOLS,
            "io/micrometer/observation/aop/ObservedAspect", MICROMETER,
            "io/micrometer/tracing/annotation/SpanAspect", MICROMETER);

    /** As in {@code tracing.weave.foreign}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whose annotation it is; null where it is nobody's. */
    static @Nullable Foreign ofAnnotation(String internalName) {
        return ANNOTATIONS.get(internalName);
    }

    static @Nullable Foreign ofAspect(String internalName) {
        return ASPECTS.get(internalName);
    }

    /** In our terms: what somebody would have written of ours to get what it gives. */
    AnnotationFacts[] translate(AnnotationFacts theirs) {
        return switch (this) {
            case OTEL -> OtelAnnotations.translate(theirs);
            case XRAY -> XRayAnnotations.translate();
            case POWERTOOLS -> PowertoolsAnnotations.translate(theirs);
            case MICROMETER -> MicrometerAnnotations.translate(theirs);
        };
    }
}
