package io.spanloom.weave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** One annotation as the class file has it: only the values that are written, without the defaults. */
final class AnnotationFacts extends AnnotationVisitor {

    private final String type;
    private final Map<String, Object> values;

    /** The simple name of the annotation that stands for this one; empty where it is written itself. */
    private final String by;

    /** @param type the annotation's simple name; the internal name of one that is not ours, which contains a slash */
    AnnotationFacts(String type) {
        this(type, new LinkedHashMap<>(), "");
    }

    private AnnotationFacts(String type, Map<String, Object> values, String by) {
        super(Opcodes.ASM9);
        this.type = type;
        this.values = values;
        this.by = by;
    }

    /** What stands in an annotation's place where a part of it cannot be had, to be said by {@code explain}. */
    static final String LEFT_OUT = "LeftOut";

    String by() {
        return by;
    }

    /** One of ours, without values yet, which this one, of others, stands for. */
    AnnotationFacts as(String ours) {
        return new AnnotationFacts(ours, new LinkedHashMap<>(), simpleType());
    }

    /** A capture, likewise. */
    AnnotationFacts capture(String ours) {
        return as(ours).with("translated", true);
    }

    AnnotationFacts with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new AnnotationFacts(type, more, by);
    }

    AnnotationFacts leftOut(String why) {
        return as(LEFT_OUT).with("text", why);
    }

    String simpleType() {
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1);
    }

    /** Whether it was written as somebody else's annotation, or as a rule of the configuration. */
    boolean isTranslated() {
        return !text("foreign").isEmpty() || !text("rule").isEmpty();
    }

    boolean isTracing() {
        return type.equals("Traced") || type.equals("Subsegment") || type.equals("NotTraced");
    }

    private boolean isCapture() {
        return type.startsWith("SpanAnnotation") || type.startsWith("SpanMetadata");
    }

    AnnotationFacts by(String standIn) {
        return new AnnotationFacts(type, values, standIn);
    }

    /**
     * In place of those that are not ours, what they stand for: last, so that what is written itself comes first. Where ours
     * is written, too, that of somebody else says nothing: the same would be recorded twice.
     */
    static void resolve(List<AnnotationFacts> list, Function<AnnotationFacts, List<AnnotationFacts>> meaning) {
        if (list.isEmpty()) {
            return;
        }
        List<AnnotationFacts> meant = new ArrayList<>();
        for (AnnotationFacts each : list) {
            if (each.isForeign()) {
                meant.addAll(meaning.apply(each));
            }
        }
        list.removeIf(AnnotationFacts::isForeign);
        boolean traced = false;
        boolean captured = false;
        for (AnnotationFacts each : list) {
            traced |= each.isTracing();
            captured |= each.isCapture();
        }
        for (AnnotationFacts each : meant) {
            boolean told = each.isTranslated() && traced || each.isTrue("translated") && (captured || traced);
            if (!told) {
                list.add(each);
            }
        }
    }

    private boolean isForeign() {
        return type.indexOf('/') >= 0;
    }

    String type() {
        return type;
    }

    /** A string or an enum constant's name; empty where it is not written. */
    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** The binary names of classes. */
    List<String> classes(String name) {
        List<String> names = new ArrayList<>();
        for (Object element : list(name)) {
            if (element instanceof Type literal) {
                names.add(literal.getInternalName().replace('/', '.'));
            }
        }
        return names;
    }

    /** The strings of an array. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            texts.add(String.valueOf(element));
        }
        return texts;
    }

    /** The annotations that a container of repeated ones holds. */
    List<AnnotationFacts> repeated() {
        List<AnnotationFacts> all = new ArrayList<>();
        for (Object element : list("value")) {
            if (element instanceof AnnotationFacts one) {
                all.add(one);
            }
        }
        return all;
    }

    private List<?> list(String name) {
        return values.get(name) instanceof List<?> list ? list : List.of();
    }

    /** A value of another kind, as it is written; null where it is not. */
    @Nullable
    Object value(String name) {
        return values.get(name);
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** A place in the list for an annotation; null where its values do not matter. */
    static @Nullable AnnotationFacts into(List<AnnotationFacts> list, String descriptor) {
        if (!descriptor.startsWith(ClassOutline.PACKAGE, 1)) {
            if (descriptor.startsWith("Ljava/")) {
                return null;
            }
            AnnotationFacts other = new AnnotationFacts(descriptor.substring(1, descriptor.length() - 1));
            list.add(other);
            return Foreign.ofAnnotation(other.type) == null ? null : other;
        }
        AnnotationFacts facts =
                new AnnotationFacts(descriptor.substring(ClassOutline.PACKAGE.length() + 1, descriptor.length() - 1));
        list.add(facts);
        return facts;
    }

    /** The first of a type. */
    static @Nullable AnnotationFacts find(List<AnnotationFacts> list, String type) {
        for (AnnotationFacts facts : list) {
            if (facts.type.equals(type)) {
                return facts;
            }
        }
        return null;
    }

    @Override
    public void visit(@Nullable String name, Object value) {
        values.put(String.valueOf(name), value);
    }

    @Override
    public void visitEnum(@Nullable String name, String descriptor, String value) {
        values.put(String.valueOf(name), value);
    }

    @Override
    public AnnotationVisitor visitArray(String name) {
        List<Object> elements = new ArrayList<>();
        values.put(name, elements);
        return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(@Nullable String none, Object value) {
                elements.add(value);
            }

            @Override
            public AnnotationVisitor visitAnnotation(@Nullable String none, String descriptor) {
                AnnotationFacts nested = new AnnotationFacts(
                        descriptor.substring(descriptor.lastIndexOf('/') + 1, descriptor.length() - 1));
                elements.add(nested);
                return nested;
            }
        };
    }
}
