package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Which methods of a class are woven, and why the others that somebody annotated are not. */
final class Rules {

    private final ClassFacts type;
    private final @Nullable AnnotationFacts typeTraced;
    private final boolean typeNotTraced;

    private Rules(ClassFacts type) {
        this.type = type;
        this.typeTraced = AnnotationFacts.find(type.annotations, "Traced");
        this.typeNotTraced = AnnotationFacts.find(type.annotations, "NotTraced") != null;
    }

    /** One plan for each method that an annotation is about, in the order of the class file. */
    static List<MethodPlan> apply(ClassFacts type) {
        Rules rules = new Rules(type);
        List<MethodPlan> plans = new ArrayList<>();
        for (MethodFacts method : type.methods) {
            MethodPlan plan = rules.decide(method);
            if (plan != null) {
                plans.add(plan);
            }
        }
        return plans;
    }

    private @Nullable MethodPlan decide(MethodFacts method) {
        if (method.is(Opcodes.ACC_SYNTHETIC) || method.is(Opcodes.ACC_BRIDGE) || method.name.equals("<clinit>")) {
            return null; // javac copies annotations to bridges, too
        }
        AnnotationFacts own = AnnotationFacts.find(method.annotations, "Traced");
        if (own == null) {
            own = AnnotationFacts.find(method.annotations, "Subsegment");
        }
        if (own == null && typeTraced == null) {
            return hasCaptures(method)
                    ? plan(
                            method,
                            null,
                            "it records nothing, because it is not traced itself: add @Traced or @Subsegment")
                    : null;
        }
        if (typeNotTraced || AnnotationFacts.find(method.annotations, "NotTraced") != null) {
            return plan(method, null, "@NotTraced");
        }
        if (own == null) {
            String leftOut = leftOutOfType(method);
            if (leftOut != null) {
                return leftOut.isEmpty() ? null : plan(method, null, leftOut);
            }
        }
        String impossible = impossible(method);
        if (impossible != null) {
            return own == null && !method.woven ? null : plan(method, null, impossible);
        }
        AnnotationFacts traced = own != null ? own : typeTraced;
        return traced == null
                ? null
                : plan(method, SiteWriter.write(type, method, traced, own != null), remark(method));
    }

    private static MethodPlan plan(MethodFacts method, @Nullable SiteCode site, String remark) {
        return new MethodPlan(method.name, method.descriptor, site, method.maxLocals, remark);
    }

    private static boolean hasCaptures(MethodFacts method) {
        return !method.parameterAnnotations.isEmpty() || SiteWriter.hasCapture(method.annotations);
    }

    /** Why the annotation on the type is not about the method: null where it is, empty where that needs no word. */
    private @Nullable String leftOutOfType(MethodFacts method) {
        if (!method.is(Opcodes.ACC_PUBLIC)
                || method.name.equals("<init>")
                || isMethodOfObject(method)
                || isMethodOfEnum(method)) {
            return "";
        }
        return isAccessor(method)
                ? "an accessor, which reads or writes a field and calls nothing; annotate it itself to trace it"
                : null;
    }

    private boolean isMethodOfEnum(MethodFacts method) {
        return type.is(Opcodes.ACC_ENUM) && (method.name.equals("values") || method.name.equals("valueOf"));
    }

    private static boolean isMethodOfObject(MethodFacts method) {
        return switch (method.name + method.descriptor) {
            case "equals(Ljava/lang/Object;)Z",
                    "hashCode()I",
                    "toString()Ljava/lang/String;",
                    "clone()Ljava/lang/Object;",
                    "finalize()V" -> true;
            default -> false;
        };
    }

    private boolean isAccessor(MethodFacts method) {
        if (!method.trivial || method.is(Opcodes.ACC_ABSTRACT)) {
            return false;
        }
        int parameters = method.parameters().length;
        boolean gives = !method.result().equals(Type.VOID_TYPE);
        return switch (parameters) {
            case 0 ->
                gives
                        && (isNamed(method, "get")
                                || isNamed(method, "is")
                                || type.recordComponents.contains(method.name));
            case 1 -> isNamed(method, "set");
            default -> false;
        };
    }

    private static boolean isNamed(MethodFacts method, String prefix) {
        return method.name.length() > prefix.length()
                && method.name.startsWith(prefix)
                && !Character.isLowerCase(method.name.charAt(prefix.length()));
    }

    private @Nullable String impossible(MethodFacts method) {
        if (method.woven) {
            return "woven already, at build time or by another weaver";
        }
        if (method.name.equals("<init>")) {
            return "constructors are not woven yet; call Tracing.span(...) in it";
        }
        if (method.is(Opcodes.ACC_ABSTRACT)) {
            return "abstract: annotate the methods that implement it (annotations are not inherited yet)";
        }
        if (method.is(Opcodes.ACC_NATIVE)) {
            return "native: it has no bytecode; annotate its caller";
        }
        if (type.version < Opcodes.V1_7) {
            return "its class file is of version " + type.version
                    + ", and invokedynamic needs 51: compile it for Java 7 or later";
        }
        Type[] parameters = method.parameters();
        if (parameters.length > 0
                && parameters[parameters.length - 1].getClassName().equals("kotlin.coroutines.Continuation")) {
            return "a suspending function: its span would end when it first suspends; call Tracing.span(...) in it";
        }
        return null;
    }

    private static String remark(MethodFacts method) {
        String result = method.result().getClassName();
        return switch (result) {
            case "java.util.concurrent.Future" -> "the span ends at return: a Future does not say when it completes";
            case "java.util.concurrent.CompletionStage",
                    "java.util.concurrent.CompletableFuture",
                    "java.util.concurrent.Flow$Publisher",
                    "org.reactivestreams.Publisher",
                    "reactor.core.publisher.Mono",
                    "reactor.core.publisher.Flux",
                    "com.google.common.util.concurrent.ListenableFuture" ->
                "the span ends at return: results that complete later are not followed yet";
            case "void" -> SiteWriter.hasCapture(method.annotations) ? "it has no result to record" : "";
            default -> "";
        };
    }
}
