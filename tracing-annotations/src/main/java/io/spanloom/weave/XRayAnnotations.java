package io.spanloom.weave;

import java.util.List;

/**
 * The X-Ray SDK's {@code @XRayEnabled}, on a method or a type: a subsegment of the method's bare name, with the class as
 * metadata, as {@code BaseAbstractXRayInterceptor} makes it. (Which beans it counts for is a pointcut's matter there, and
 * cannot be seen in the classes: it counts wherever it is written.)
 */
final class XRayAnnotations {

    private static final AnnotationFacts ENABLED = new AnnotationFacts("Subsegment")
            .by("XRayEnabled")
            .with("foreign", Foreign.XRAY.word())
            .with("defaultName", "$method")
            .with("constants", List.of("Class\t$class\tClassInfo"));

    private XRayAnnotations() {}

    static AnnotationFacts[] translate() {
        return new AnnotationFacts[] {ENABLED};
    }
}
