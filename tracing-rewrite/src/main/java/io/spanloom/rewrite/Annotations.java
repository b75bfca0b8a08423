package io.spanloom.rewrite;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.JavaTemplate;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.TypeUtils;

/** Our annotations, as they are written on methods. */
final class Annotations {

    static final String SUBSEGMENT = "io.spanloom.annotation.Subsegment";
    static final String METADATA = "io.spanloom.annotation.SpanMetadata";

    private static final String[] OUTLINE = {
        "package io.spanloom.annotation; public @interface Subsegment {"
                + " String value() default \"\"; String name() default \"\"; String namespace() default \"\"; }",
        "package io.spanloom.annotation; public @interface SpanMetadata {"
                + " String namespace() default \"default\"; String key() default \"\"; String path() default \"\"; }",
    };

    private Annotations() {}

    static J.@Nullable Annotation find(List<J.Annotation> annotations, String type) {
        for (J.Annotation annotation : annotations) {
            if (TypeUtils.isOfClassType(annotation.getType(), type)) {
                return annotation;
            }
        }
        return null;
    }

    /** One annotation in another's place. */
    static J.MethodDeclaration replaced(J.MethodDeclaration method, Cursor at, J.Annotation old, String code) {
        return template(code).apply(at, old.getCoordinates().replace());
    }

    static J.MethodDeclaration added(J.MethodDeclaration method, Cursor at, String code) {
        return template(code)
                .apply(at, method.getCoordinates().addAnnotation(Comparator.comparing(J.Annotation::getSimpleName)));
    }

    /** Whether the SDK's class of the same simple name is imported, so that ours has to be written out. */
    static String subsegment(J.CompilationUnit unit) {
        boolean taken = unit.getImports().stream().anyMatch(i -> i.getTypeName().equals(Sdk.ENTITIES + "Subsegment"));
        return taken ? "@" + SUBSEGMENT : "@Subsegment";
    }

    private static JavaTemplate template(String code) {
        return JavaTemplate.builder(code)
                .imports(SUBSEGMENT, METADATA)
                .javaParser(JavaParser.fromJavaVersion().dependsOn(OUTLINE))
                .build();
    }
}
