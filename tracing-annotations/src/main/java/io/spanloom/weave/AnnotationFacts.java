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

    String by() {
        return by;
    }

    AnnotationFacts by(String standIn) {
        return new AnnotationFacts(type, values, standIn);
    }

    /** In place of those that are not ours, what they stand for: last, so that what is written itself comes first. */
    static void resolve(List<AnnotationFacts> list, Function<String, List<AnnotationFacts>> meaning) {
        List<AnnotationFacts> meant = new ArrayList<>();
        for (AnnotationFacts each : list) {
            if (each.isForeign()) {
                meant.addAll(meaning.apply(each.type));
            }
        }
        list.removeIf(AnnotationFacts::isForeign);
        list.addAll(meant);
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
        if (!descriptor.startsWith(AnnotationScan.PREFIX)) {
            if (!descriptor.startsWith("Ljava/")) {
                list.add(new AnnotationFacts(descriptor.substring(1, descriptor.length() - 1)));
            }
            return null;
        }
        AnnotationFacts facts =
                new AnnotationFacts(descriptor.substring(AnnotationScan.PREFIX.length(), descriptor.length() - 1));
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
