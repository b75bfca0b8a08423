package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Writes an annotated method's description, in the form that {@code io.spanloom.woven.V1} reads. */
final class SiteWriter {

    private final ClassFacts type;
    private final MethodFacts method;
    private final Declarations declarations;
    private final List<String> enter = new ArrayList<>();
    private final List<Integer> passed = new ArrayList<>();

    private SiteWriter(ClassFacts type, MethodFacts method, Declarations declarations) {
        this.type = type;
        this.method = method;
        this.declarations = declarations;
    }

    /**
     * @param traced the annotation
     * @param declared the method that it is on, this one or an overridden one; null for that of the type, which names no span
     */
    static SiteCode write(
            ClassFacts type,
            MethodFacts method,
            Declarations declarations,
            AnnotationFacts traced,
            @Nullable MethodFacts declared) {
        return new SiteWriter(type, method, declarations).write(traced, declared);
    }

    private SiteCode write(AnnotationFacts traced, @Nullable MethodFacts declared) {
        String name = declared == null && !traced.isTranslated() ? "" : name(traced);
        add("name", name.isEmpty() ? defaultName(traced.text("defaultName")) : name);
        add("code", type.name + "." + method.name);
        if (traced.type().equals("Subsegment")) {
            add("placement", "SUBSEGMENT");
        }
        add("kind", traced.text("kind"));
        add("namespace", traced.text("namespace"));
        if (traced.isTrue("root")) {
            add("root", traced.isTrue("linked") ? "linked" : "new");
        }
        Object frames = traced.value("stackTrace");
        add("stackTrace", frames == null ? "" : frames.toString());
        for (String each : traced.classes("ignore")) {
            add("ignore", each);
        }
        for (String each : traced.classes("expected")) {
            add("expect", each);
        }
        add("foreign", traced.text("foreign"));
        add("continue", traced.isTrue("continues") ? "current" : "");
        for (String each : traced.texts("constants")) {
            add("constant", expanded(each));
        }
        if (declared != null && !traced.isTranslated()) {
            NameTemplate.parse(name, method, declared).parts().forEach(this::addPart);
        }
        for (int i = 0; i < method.parameters().length; i++) {
            addCaptures(i);
        }
        ResultTiming timing = ResultTiming.of(method.result());
        if (timing == ResultTiming.SUBSCRIBED) {
            enter.add("deferred\tyes");
        }
        List<String> exit = exit();
        return new SiteCode(
                List.copyOf(enter),
                List.copyOf(passed),
                timing == ResultTiming.AT_RETURN ? exit : withResult(exit),
                timing);
    }

    /** What the result is declared as, and what it brings. */
    private List<String> withResult(List<String> captures) {
        List<String> lines = new ArrayList<>();
        lines.add("result\t" + className(method.result()));
        String value = TypeArgument.ofResult(method.signature);
        if (value != null) {
            lines.add("of\t" + value);
        }
        lines.addAll(captures);
        return List.copyOf(lines);
    }

    private void addPart(NameTemplate.Part part) {
        if (part.parameter() < 0) {
            add("text", part.text());
        } else {
            enter.add("value\t" + argument(part.parameter()) + '\t' + className(method.parameters()[part.parameter()])
                    + '\t' + field(part.text()));
        }
    }

    private void addCaptures(int parameter) {
        Declarations.Declaration at = declarations.nearest(each -> hasCapture(each.ofParameter(parameter)));
        if (at != null) {
            String known = at.method().knownName(parameter);
            String key = known == null ? method.parameterName(parameter) : known;
            enter.addAll(captures(
                    at.method().ofParameter(parameter), argument(parameter), method.parameters()[parameter], key));
        }
    }

    private List<String> exit() {
        Declarations.Declaration at = declarations.nearest(each -> hasCapture(each.annotations));
        return at == null || method.result().equals(Type.VOID_TYPE)
                ? List.of()
                : captures(at.method().annotations, 0, method.result(), "result").stream()
                        .map(each -> translated(at.method()) ? expanded(each) : each)
                        .toList();
    }

    private static boolean translated(MethodFacts method) {
        for (AnnotationFacts each : method.annotations) {
            if (each.isTrue("translated")) {
                return true;
            }
        }
        return false;
    }

    /** Which of the call's arguments is the parameter. */
    private int argument(int parameter) {
        if (!passed.contains(parameter)) {
            passed.add(parameter);
        }
        return passed.indexOf(parameter);
    }

    static boolean hasCapture(List<AnnotationFacts> annotations) {
        return !captures(annotations, 0, Type.INT_TYPE, "").isEmpty();
    }

    /** As it is written; empty where it is not. */
    static String name(AnnotationFacts traced) {
        return traced.text("name").isEmpty() ? traced.text("value") : traced.text("name");
    }

    /** The names that others give their spans, which are made of the same parts. */
    private String expanded(String text) {
        return text.replace("$class", type.simpleName)
                .replace("$type", type.name)
                .replace("$method", method.name)
                .replace("$hyphen", MicrometerAnnotations.hyphens(method.name));
    }

    private String defaultName(String pattern) {
        if (!pattern.isEmpty()) {
            return expanded(pattern);
        }
        return type.simpleName + "." + (method.name.equals("<init>") ? "new" : method.name);
    }

    private static List<String> captures(
            List<AnnotationFacts> annotations, int argument, Type type, String defaultKey) {
        List<String> lines = new ArrayList<>();
        for (AnnotationFacts each : annotations) {
            switch (each.type()) {
                case "SpanAnnotation", "SpanMetadata" -> lines.add(capture(each, argument, type, defaultKey));
                case "SpanAnnotation$List", "SpanMetadata$List" ->
                    each.repeated().forEach(one -> lines.add(capture(one, argument, type, defaultKey)));
                default -> {}
            }
        }
        return lines;
    }

    private static String capture(AnnotationFacts annotation, int argument, Type type, String parameter) {
        boolean indexed = annotation.type().equals("SpanAnnotation");
        String key = annotation.text(indexed ? "value" : "key");
        String path = annotation.text("path");
        String line = (indexed ? "annotation" : "metadata")
                + '\t'
                + argument
                + '\t'
                + className(type)
                + '\t'
                + field(key.isEmpty() ? defaultKey(parameter, path) : key)
                + '\t'
                + field(path);
        String namespace = annotation.text("namespace");
        String full = indexed ? line : line + '\t' + (namespace.isEmpty() ? "default" : field(namespace));
        String placed = annotation.isTrue("onSegment") ? full + "\tsegment" : full;
        String refusedBy = annotation.text("switch");
        return refusedBy.isEmpty() ? placed : placed + "\t\t" + refusedBy;
    }

    /** {@code order_customer_id}: different for each path, and the same on every backend. */
    private static String defaultKey(String parameter, String path) {
        return path.isEmpty()
                ? parameter
                : parameter + '_' + path.replace("()", "").replace(" ", "").replace('.', '_');
    }

    /** As {@link Class#forName(String)} takes it. */
    private static String className(Type type) {
        return type.getSort() == Type.ARRAY ? type.getDescriptor().replace('/', '.') : type.getClassName();
    }

    private void add(String key, String value) {
        if (!value.isEmpty()) {
            enter.add(key + '\t' + value);
        }
    }

    private static String field(String value) {
        return value.replace('\t', ' ');
    }
}
