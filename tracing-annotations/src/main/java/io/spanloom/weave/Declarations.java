package io.spanloom.weave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * A method and the methods that it overrides or implements, nearest first: breadth-first over superclasses and interfaces,
 * the superclass before the interfaces. Whatever is asked of annotations, whether there is one and what it says, is asked
 * here, so that the answers agree.
 */
final class Declarations {

    /** A method where it is declared. */
    record Declaration(ClassFacts type, MethodFacts method) {}

    private final List<Declaration> nearestFirst = new ArrayList<>();

    /** @param types gives the types, by internal name, that have annotations for their subtypes */
    Declarations(ClassFacts type, MethodFacts method, Function<String, @Nullable ClassFacts> types) {
        nearestFirst.add(new Declaration(type, method));
        if (isOverriding(method)) {
            addOverridden(type, method, types);
        }
    }

    private static boolean isOverriding(MethodFacts method) {
        return !method.is(Opcodes.ACC_STATIC) && !method.is(Opcodes.ACC_PRIVATE) && !method.name.equals("<init>");
    }

    private void addOverridden(ClassFacts type, MethodFacts method, Function<String, @Nullable ClassFacts> types) {
        Set<String> descriptors = new HashSet<>(Set.of(method.descriptor));
        Deque<ClassFacts> waiting = new ArrayDeque<>(List.of(type));
        Set<String> seen = new HashSet<>();
        for (ClassFacts next = waiting.poll(); next != null; next = waiting.poll()) {
            widen(descriptors, next, method.name);
            if (next != type) {
                addFrom(next, type, method.name, descriptors);
            }
            for (String supertype : next.supertypes) {
                ClassFacts facts = seen.add(supertype) ? types.apply(supertype) : null;
                if (facts != null) {
                    waiting.add(facts);
                }
            }
        }
    }

    /** A generic or covariant method is overridden by way of a bridge, whose descriptor is the overridden one's. */
    private static void widen(Set<String> descriptors, ClassFacts type, String name) {
        for (MethodFacts each : type.methods) {
            if (each.is(Opcodes.ACC_BRIDGE) && each.name.equals(name) && descriptors.contains(each.bridged)) {
                descriptors.add(each.descriptor);
            }
        }
    }

    private void addFrom(ClassFacts declaring, ClassFacts type, String name, Set<String> descriptors) {
        for (MethodFacts each : declaring.methods) {
            if (each.name.equals(name)
                    && descriptors.contains(each.descriptor)
                    && isOverriding(each)
                    && !each.is(Opcodes.ACC_SYNTHETIC)
                    && (each.is(Opcodes.ACC_PUBLIC)
                            || each.is(Opcodes.ACC_PROTECTED)
                            || declaring.packageName().equals(type.packageName()))) {
                nearestFirst.add(new Declaration(declaring, each));
            }
        }
    }

    @Nullable
    Declaration nearest(Predicate<MethodFacts> annotated) {
        for (Declaration each : nearestFirst) {
            if (annotated.test(each.method)) {
                return each;
            }
        }
        return null;
    }

    /** The one that says whether, and how, the method is traced. */
    @Nullable
    Declaration tracing() {
        return nearest(method -> method.has("Traced") || method.has("Subsegment") || method.has("NotTraced"));
    }
}
