package io.spanloom.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Which methods of a class are woven, and why the others that somebody annotated are not. */
final class Rules {

    private final ClassFacts type;
    private final Function<String, @Nullable ClassFacts> types;
    private final Selection selection;
    private final @Nullable AnnotationFacts typeTraced;
    private final boolean typeNotTraced;
    private final Map<MethodFacts, MethodRule> overTheLimit = new HashMap<>();

    private Rules(ClassFacts type, Function<String, @Nullable ClassFacts> types, Selection selection) {
        this.type = type;
        this.types = types;
        this.selection = selection;
        this.typeTraced = tracing(type.annotations);
        this.typeNotTraced = AnnotationFacts.find(type.annotations, "NotTraced") != null;
    }

    /**
     * One plan for each method that an annotation is about, in the order of the class file.
     *
     * @param types gives the supertypes, by internal name, whose methods may have annotations
     * @param selection what the configuration adds and takes away
     */
    static List<MethodPlan> apply(ClassFacts type, Function<String, @Nullable ClassFacts> types, Selection selection) {
        Rules rules = new Rules(type, types, selection);
        if (!selection.includesNothing()) {
            type.methods.forEach(rules::include); // all of them first, for constructors look at each other
        }
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
        if (isNobodys(method)) {
            return null;
        }
        Declarations declarations = new Declarations(type, method, types);
        Declarations.Declaration at = declarations.tracing();
        MethodRule excluding = selection.isEmpty() ? null : selection.excluding(type, method);
        if (excluding != null) {
            selection.meets(excluding);
            boolean meant = at != null
                    || typeTraced != null
                    || overTheLimit.containsKey(method)
                    || selection.including(type, method, rule -> isEligible(rule, method)) != null;
            return !meant ? null : plan(method, null, "excluded by " + excluding);
        }
        MethodRule limited = overTheLimit.get(method);
        if (limited != null) {
            return plan(
                    method,
                    null,
                    "included by " + limited + ", but " + selection.limit()
                            + " is reached: narrow the patterns, or raise it");
        }
        if (at == null && typeTraced == null) {
            return hasCaptures(method)
                    ? plan(
                            method,
                            null,
                            "it records nothing, because it is not traced itself: add @Traced or @Subsegment")
                    : null;
        }
        if (at != null && at.method() != method && isProxy(type.name)) {
            return null;
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
            boolean told = at != null && at.method() == method
                    || at == null && method.is(Opcodes.ACC_ABSTRACT)
                    || isSuspending(method)
                    || method.woven;
            return told ? plan(method, null, impossible) : null;
        }
        AnnotationFacts traced = at == null ? typeTraced : tracing(at.method().annotations);
        if (traced == null) {
            return null;
        }
        SiteCode site = SiteWriter.write(type, method, declarations, traced, at == null ? null : at.method());
        String remarks = join(found(method, at, traced), join(problem(method, at, traced), remark(method)));
        String origin = traced.text("rule").isEmpty() ? traced.text("foreign") : MethodPlan.BY_RULE;
        return new MethodPlan(
                method.name, method.descriptor, site, method.maxLocals, join(remarks, leftOut(method)), origin);
    }

    /** Made by a framework to stand before a class: its methods call the real ones, which are traced. */
    private static boolean isProxy(String className) {
        return className.contains("$$")
                || className.endsWith("_ClientProxy") // Quarkus
                || className.endsWith("_Subclass")
                || className.endsWith("$Definition$Intercepted") // Micronaut
                || className.contains("$ByteBuddy$")
                || className.contains("$HibernateProxy$")
                || className.contains("$MockitoMock$");
    }

    /** The compiler's own; javac copies annotations to bridges, too. */
    private static boolean isNobodys(MethodFacts method) {
        return method.is(Opcodes.ACC_SYNTHETIC) || method.is(Opcodes.ACC_BRIDGE) || method.name.equals("<clinit>");
    }

    private void include(MethodFacts method) {
        MethodRule rule = including(method);
        if (rule != null && selection.grant(type, method)) {
            Inclusion.write(rule, method);
        } else if (rule != null) {
            overTheLimit.put(method, rule);
        }
    }

    /** The first rule that means the method, and could. */
    private @Nullable MethodRule including(MethodFacts method) {
        boolean possible = !typeNotTraced
                && !isNobodys(method)
                && !method.woven
                && !method.is(Opcodes.ACC_ABSTRACT)
                && !method.is(Opcodes.ACC_NATIVE)
                && !isMethodOfEnum(method);
        MethodRule rule = possible ? selection.including(type, method, each -> isEligible(each, method)) : null;
        if (rule == null || typeTraced != null && leftOutOfType(method) == null) {
            return null; // the annotation on the type is about it already
        }
        if (selection.excluding(type, method) != null || new Declarations(type, method, types).tracing() != null) {
            return null;
        }
        selection.meets(rule);
        return rule;
    }

    private boolean isEligible(MethodRule rule, MethodFacts method) {
        boolean trivial = isMethodOfObject(method) || isAccessor(method);
        boolean hidden = rule.visibilities().isEmpty() && !method.is(Opcodes.ACC_PUBLIC);
        return rule.isExact() || !trivial && !hidden;
    }

    private static @Nullable AnnotationFacts tracing(List<AnnotationFacts> annotations) {
        AnnotationFacts traced = AnnotationFacts.find(annotations, "Traced");
        return traced != null ? traced : AnnotationFacts.find(annotations, "Subsegment");
    }

    /** What of somebody else's annotation, or of a rule, cannot be had. */
    private static String leftOut(MethodFacts method) {
        String all = leftOut(method.annotations);
        for (List<AnnotationFacts> each : method.parameterAnnotations.values()) {
            all = join(all, leftOut(each));
        }
        return all;
    }

    private static String leftOut(List<AnnotationFacts> annotations) {
        String all = "";
        for (AnnotationFacts each : annotations) {
            if (each.type().equals(AnnotationFacts.LEFT_OUT)) {
                all = join(all, each.text("text"));
            }
        }
        return all;
    }

    /** Where the annotation is, if that is not plain to see. */
    private static String found(
            MethodFacts method, Declarations.@Nullable Declaration at, @Nullable AnnotationFacts traced) {
        if (traced != null && !traced.text("rule").isEmpty()) {
            return "included by " + traced.text("rule");
        }
        String inherited =
                at == null || at.method() == method ? "" : "annotated in " + at.type().name + "." + method.name;
        String by = traced == null || traced.by().isEmpty() ? "" : "by @" + traced.by();
        return inherited.isEmpty() || by.isEmpty() ? inherited + by : inherited + " " + by;
    }

    private static String problem(MethodFacts method, Declarations.@Nullable Declaration at, AnnotationFacts traced) {
        return at == null || traced.isTranslated()
                ? ""
                : NameTemplate.parse(SiteWriter.name(traced), method, at.method())
                        .problem();
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
    }

    private static MethodPlan plan(MethodFacts method, @Nullable SiteCode site, String remark) {
        return new MethodPlan(method.name, method.descriptor, site, method.maxLocals, remark, "");
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

    /** Kotlin's: the compiler gives it one more parameter, to go on with. */
    private static boolean isSuspending(MethodFacts method) {
        Type[] parameters = method.parameters();
        return parameters.length > 0
                && parameters[parameters.length - 1].getClassName().equals("kotlin.coroutines.Continuation");
    }

    private @Nullable String impossible(MethodFacts method, Declarations declarations) {
        if (method.woven) {
            return "woven already, at build time or by another weaver";
        }
        if (method.advisedBy != null) {
            return "AspectJ has woven the aspect of " + method.advisedBy.word()
                    + " into it, and twice is too often: take" + " that aspect out of the AspectJ build";
        }
        if (isSuspending(method)) {
            return "a suspending function: its span would end when it first suspends; trace what it runs as"
                    + " docs/context.md shows for coroutines";
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
        return method.name.equals("<init>") ? impossibleConstructor(method, declarations) : null;
    }

    private @Nullable String impossibleConstructor(MethodFacts method, Declarations declarations) {
        if (method.initCalls != 1) {
            return "it calls super(...) or this(...) in " + method.initCalls + " places; call Tracing.span(...) in it";
        }
        MethodFacts delegate = delegate(method);
        for (int i = 0; delegate != null && i < type.methods.size(); i++, delegate = delegate(delegate)) {
            if (tracing(delegate.annotations) != null && !delegate.has("NotTraced")) {
                return "it calls this(...), which is traced: one object, one span";
            }
        }
        AnnotationFacts traced = tracing(method.annotations);
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
