package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Type;

/** Writes on a method what a rule says of it, as if somebody had annotated it. */
final class Inclusion {

    private Inclusion() {}

    static void write(MethodRule rule, MethodFacts method) {
        method.annotations.add(new AnnotationFacts("Traced").with("rule", rule.toString()));
        for (MethodRule.Capture each : rule.captures()) {
            int parameter = parameter(each.source(), method);
            if (parameter >= 0) {
                method.parameterAnnotations
                        .computeIfAbsent(parameter, p -> new ArrayList<>())
                        .add(capture(each));
            } else if (each.source().equals(MethodRule.Capture.RESULT)
                    && !method.result().equals(Type.VOID_TYPE)) {
                method.annotations.add(capture(each));
            } else {
                method.annotations.add(new AnnotationFacts(AnnotationFacts.LEFT_OUT)
                        .with("text", "it has no " + each.source() + " to record as " + each.key() + named(method)));
            }
        }
    }

    private static String named(MethodFacts method) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < method.parameters().length; i++) {
            names.add(method.parameterName(i));
        }
        return names.isEmpty() ? "" : " (its parameters: " + String.join(", ", names) + ")";
    }

    private static int parameter(String source, MethodFacts method) {
        for (int i = 0; i < method.parameters().length; i++) {
            if (source.equals(method.parameterName(i)) || source.equals("arg" + i)) {
                return i;
            }
        }
        return -1;
    }

    private static AnnotationFacts capture(MethodRule.Capture capture) {
        return capture.metadata()
                ? new AnnotationFacts("SpanMetadata")
                        .with("namespace", capture.namespace())
                        .with("key", capture.key())
                        .with("path", capture.path())
                : new AnnotationFacts("SpanAnnotation")
                        .with("value", capture.key())
                        .with("path", capture.path());
    }
}
