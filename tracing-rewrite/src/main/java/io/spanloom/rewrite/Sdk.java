package io.spanloom.rewrite;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.JavaVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeUtils;

/** What the X-Ray SDK's calls look like in source. */
final class Sdk {

    static final String FACADE = "com.amazonaws.xray.AWSXRay";
    static final String RECORDER = "com.amazonaws.xray.AWSXRayRecorder";
    static final String ENTITIES = "com.amazonaws.xray.entities.";

    /** Those that the recipes turn, and that may be imported by themselves. */
    private static final List<String> METHODS = List.of(
            "beginSubsegment",
            "endSubsegment",
            "beginSegment",
            "endSegment",
            "createSubsegment",
            "createSegment",
            "getCurrentSubsegment",
            "getCurrentSegment",
            "getTraceEntity",
            "*");

    private Sdk() {}

    /** A call on the facade, or on the recorder that the facade stands for; a recorder of the application's own is not. */
    static J.@Nullable MethodInvocation facadeCall(@Nullable Object tree, Set<String> names) {
        if (!(tree instanceof J.MethodInvocation call) || !names.contains(call.getSimpleName())) {
            return null;
        }
        JavaType.Method method = call.getMethodType();
        if (method == null) {
            return null;
        }
        if (TypeUtils.isOfClassType(method.getDeclaringType(), FACADE)) {
            return call;
        }
        boolean global = TypeUtils.isOfClassType(method.getDeclaringType(), RECORDER)
                && call.getSelect() instanceof J.MethodInvocation recorder
                && recorder.getSimpleName().equals("getGlobalRecorder");
        return global ? call : null;
    }

    /** Takes out the facade's import, and those of its methods, where nothing needs them any more. */
    static void removeImports(JavaVisitor<?> visitor) {
        visitor.maybeRemoveImport(FACADE);
        for (String method : METHODS) {
            visitor.maybeRemoveImport(FACADE + "." + method);
        }
    }

    static List<Expression> arguments(J.MethodInvocation call) {
        return call.getArguments().stream().filter(a -> !(a instanceof J.Empty)).toList();
    }

    static boolean isEntity(@Nullable JavaType type) {
        JavaType.FullyQualified named = TypeUtils.asFullyQualified(type);
        return named != null
                && (named.getFullyQualifiedName().equals(ENTITIES + "Subsegment")
                        || named.getFullyQualifiedName().equals(ENTITIES + "Segment")
                        || named.getFullyQualifiedName().equals(ENTITIES + "Entity"));
    }

    /** The call on an entity as a call on a span, or null where spans have none. */
    static @Nullable String spanMethod(J.MethodInvocation call) {
        int arguments = arguments(call).size();
        return switch (call.getSimpleName()) {
            case "putAnnotation" -> arguments == 2 ? "annotation" : null;
            case "putMetadata" -> arguments == 2 || arguments == 3 ? "metadata" : null;
            case "addException" -> arguments == 1 ? "fail" : null;
            case "setUser" -> arguments == 1 ? "user" : null;
            case "getId" -> "spanId";
            case "getName" -> "name";
            case "isSampled" -> "isSampled";
            default -> null;
        };
    }
}
