package io.spanloom.weave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** One annotation as the class file has it: only the values that are written, without the defaults. */
final class AnnotationFacts extends AnnotationVisitor {

    private final String type;
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param type the annotation's simple name */
    AnnotationFacts(String type) {
        super(Opcodes.ASM9);
        this.type = type;
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

    /** Where a class file has one of our annotations, a place for it in the list; else null. */
    static @Nullable AnnotationFacts into(List<AnnotationFacts> list, String descriptor) {
        if (!descriptor.startsWith(AnnotationScan.PREFIX)) {
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
