package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Which methods of a class are woven, and why the others that somebody annotated are not. */
final class Rules {

    private final ClassFacts type;
    private final Function<String, @Nullable ClassFacts> types;
    private final @Nullable AnnotationFacts typeTraced;
    private final boolean typeNotTraced;

    private Rules(ClassFacts type, Function<String, @Nullable ClassFacts> types) {
        this.type = type;
        this.types = types;
        this.typeTraced = AnnotationFacts.find(type.annotations, "Traced");
        this.typeNotTraced = AnnotationFacts.find(type.annotations, "NotTraced") != null;
    }

    /**
     * One plan for each method that an annotation is about, in the order of the class file.
     *
     * @param types gives the supertypes, by internal name, whose methods may have annotations
     */
    static List<MethodPlan> apply(ClassFacts type, Function<String, @Nullable ClassFacts> types) {
        Rules rules = new Rules(type, types);
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
        Declarations declarations = new Declarations(type, method, types);
        Declarations.Declaration at = declarations.tracing();
        if (at == null && typeTraced == null) {
            return hasCaptures(method)
                    ? plan(
                            method,
                            null,
                            "it records nothing, because it is not traced itself: add @Traced or @Subsegment")
                    : null;
        }
        if (typeNotTraced || at != null && at.method().has("NotTraced")) {
            return plan(method, null, join("@NotTraced", typeNotTraced ? "" : found(method, at, null)));
        }
        if (at == null) {
            String leftOut = leftOutOfType(method);
            if (leftOut != null) {
                return leftOut.isEmpty() ? null : plan(method, null, leftOut);
            }
        }
        String impossible = impossible(method, declarations);
        if (impossible != null) {
            boolean told = at != null && at.method() == method || at == null && method.is(Opcodes.ACC_ABSTRACT);
            return told || method.woven ? plan(method, null, impossible) : null;
        }
        AnnotationFacts traced = at == null ? typeTraced : tracing(at.method());
        if (traced == null) {
            return null;
        }
        SiteCode site = SiteWriter.write(type, method, declarations, traced, at == null ? null : at.method());
        return plan(method, site, join(found(method, at, traced), join(problem(method, at, traced), remark(method))));
    }

    private static @Nullable AnnotationFacts tracing(MethodFacts method) {
        AnnotationFacts traced = AnnotationFacts.find(method.annotations, "Traced");
        return traced != null ? traced : AnnotationFacts.find(method.annotations, "Subsegment");
    }

    /** Where the annotation is, if that is not plain to see. */
    private static String found(
            MethodFacts method, Declarations.@Nullable Declaration at, @Nullable AnnotationFacts traced) {
        String inherited =
                at == null || at.method() == method ? "" : "annotated in " + at.type().name + "." + method.name;
        String by = traced == null || traced.by().isEmpty() ? "" : "by @" + traced.by();
        return inherited.isEmpty() || by.isEmpty() ? inherited + by : inherited + " " + by;
    }

    private static String problem(MethodFacts method, Declarations.@Nullable Declaration at, AnnotationFacts traced) {
        return at == null
                ? ""
                : NameTemplate.parse(SiteWriter.name(traced), method, at.method())
                        .problem();
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
    }

    private static MethodPlan plan(MethodFacts method, @Nullable SiteCode site, String remark) {
        return new MethodPlan(method.name, method.descriptor, site, method.maxLocals, remark);
    }

    private static boolean hasCaptures(MethodFacts method) {
        for (List<AnnotationFacts> each : method.parameterAnnotations.values()) {
            if (SiteWriter.hasCapture(each)) {
                return true;
            }
        }
        return SiteWriter.hasCapture(method.annotations);
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

    private @Nullable String impossible(MethodFacts method, Declarations declarations) {
        if (method.woven) {
            return "woven already, at build time or by another weaver";
        }
        if (method.is(Opcodes.ACC_ABSTRACT)) {
            return declarations.tracing() == null
                    ? "abstract, and what is annotated is the type, which is not inherited: annotate this method, or the"
                            + " types that implement it"
                    : "abstract: it has no code; the methods that implement it are traced";
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
        return method.name.equals("<init>") ? impossibleConstructor(method, declarations) : null;
    }

    private @Nullable String impossibleConstructor(MethodFacts method, Declarations declarations) {
        if (method.initCalls != 1) {
            return "it calls super(...) or this(...) in " + method.initCalls + " places; call Tracing.span(...) in it";
        }
        MethodFacts delegate = delegate(method);
        for (int i = 0; delegate != null && i < type.methods.size(); i++, delegate = delegate(delegate)) {
            if (tracing(delegate) != null && !delegate.has("NotTraced")) {
                return "it calls this(...), which is traced: one object, one span";
            }
        }
        AnnotationFacts traced = tracing(method);
        if (traced != null) {
            for (int parameter :
                    SiteWriter.write(type, method, declarations, traced, method).captured()) {
                if (method.writtenEarly.contains(method.slot(parameter))) {
                    return "it assigns a captured parameter before super(...); call Tracing.span(...) in it";
                }
            }
        }
        return null;
    }

    private @Nullable MethodFacts delegate(MethodFacts constructor) {
        for (MethodFacts each : type.methods) {
            if (each.name.equals("<init>") && each.descriptor.equals(constructor.delegate)) {
                return each;
            }
        }
        return null;
    }

    private static String remark(MethodFacts method) {
        if (method.result().equals(Type.VOID_TYPE)) {
            return SiteWriter.hasCapture(method.annotations) ? "it has no result to record" : "";
        }
        return ResultTiming.remark(method.result());
    }
}
