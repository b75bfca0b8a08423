package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.bytebuddy.jar.asm.Type;

/** Writes an annotated method's description, in the form that {@code io.spanloom.woven.V1} reads. */
final class SiteWriter {

    private SiteWriter() {}

    /** @param own whether the annotation is the method's own; that of a type names no span */
    static SiteCode write(ClassFacts type, MethodFacts method, AnnotationFacts traced, boolean own) {
        List<String> enter = new ArrayList<>();
        add(enter, "name", own ? name(type, method, traced) : defaultName(type, method));
        add(enter, "code", type.name + "." + method.name);
        if (traced.type().equals("Subsegment")) {
            add(enter, "placement", "SUBSEGMENT");
        }
        add(enter, "kind", traced.text("kind"));
        add(enter, "namespace", traced.text("namespace"));
        traced.classes("ignore").forEach(name -> add(enter, "ignore", name));
        traced.classes("expected").forEach(name -> add(enter, "expect", name));
        List<Integer> captured = new ArrayList<>();
        Type[] parameters = method.parameters();
        Map<Integer, List<AnnotationFacts>> ordered = new TreeMap<>(method.parameterAnnotations);
        for (Map.Entry<Integer, List<AnnotationFacts>> each : ordered.entrySet()) {
            int parameter = each.getKey();
            List<String> lines =
                    captures(each.getValue(), captured.size(), parameters[parameter], method.parameterName(parameter));
            if (!lines.isEmpty()) {
                captured.add(parameter);
                enter.addAll(lines);
            }
        }
        List<String> exit = method.result().equals(Type.VOID_TYPE)
                ? List.of()
                : captures(method.annotations, 0, method.result(), "result");
        return new SiteCode(List.copyOf(enter), List.copyOf(captured), exit);
    }

    static boolean hasCapture(List<AnnotationFacts> annotations) {
        return !captures(annotations, 0, Type.INT_TYPE, "").isEmpty();
    }

    private static String name(ClassFacts type, MethodFacts method, AnnotationFacts traced) {
        String name = traced.text("name").isEmpty() ? traced.text("value") : traced.text("name");
        return name.isEmpty() ? defaultName(type, method) : name;
    }

    private static String defaultName(ClassFacts type, MethodFacts method) {
        return type.simpleName + "." + method.name;
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

    private static String capture(AnnotationFacts annotation, int argument, Type type, String defaultKey) {
        boolean indexed = annotation.type().equals("SpanAnnotation");
        String key = annotation.text(indexed ? "value" : "key");
        String line = (indexed ? "annotation" : "metadata")
                + '\t'
                + argument
                + '\t'
                + className(type)
                + '\t'
                + field(key.isEmpty() ? defaultKey : key)
                + '\t'
                + field(annotation.text("path"));
        String namespace = annotation.text("namespace");
        return indexed ? line : line + '\t' + (namespace.isEmpty() ? "default" : field(namespace));
    }

    /** As {@link Class#forName(String)} takes it. */
    private static String className(Type type) {
        return type.getSort() == Type.ARRAY ? type.getDescriptor().replace('/', '.') : type.getClassName();
    }

    private static void add(List<String> lines, String key, String value) {
        if (!value.isEmpty()) {
            lines.add(key + '\t' + value);
        }
    }

    private static String field(String value) {
        return value.replace('\t', ' ');
    }
}
