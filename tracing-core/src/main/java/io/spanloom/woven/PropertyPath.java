package io.spanloom.woven;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code customer.id} or {@code items.size()} against static types, with the rights of the class that the path is
 * written in. Only what is public is read: methods without parameters, getters, fields, and an array's length.
 */
final class PropertyPath {

    private PropertyPath() {}

    /**
     * One handle for each step, {@code (type)next}.
     *
     * @throws NoSuchPropertyException where a step leads nowhere; the message says which, and what was looked for
     */
    static List<MethodHandle> resolve(MethodHandles.Lookup lookup, Class<?> type, String path)
            throws NoSuchPropertyException {
        List<MethodHandle> steps = new ArrayList<>();
        Class<?> from = type;
        for (String word : path.split("\\.", -1)) {
            String name = word.trim();
            MethodHandle step = from.isPrimitive() ? null : step(lookup, from, name);
            if (step == null) {
                throw new NoSuchPropertyException("in the path '" + path + "', " + from.getTypeName() + " has no "
                        + (name.endsWith("()") ? "public method " + name : "public property '" + name + "'")
                        + " (looked for in the declared type, without regard to type parameters)");
            }
            steps.add(step);
            from = step.type().returnType();
        }
        return steps;
    }

    private static @Nullable MethodHandle step(MethodHandles.Lookup lookup, Class<?> from, String name) {
        if (name.endsWith("()")) {
            return method(lookup, from, name.substring(0, name.length() - 2));
        }
        if (from.isArray() && name.equals("length")) {
            return MethodHandles.arrayLength(from);
        }
        if (name.isEmpty()) {
            return null;
        }
        MethodHandle found = from.isRecord() ? method(lookup, from, name) : null;
        String capitalized = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        if (found == null) {
            found = method(lookup, from, "get" + capitalized);
        }
        if (found == null) {
            MethodHandle truth = method(lookup, from, "is" + capitalized);
            boolean tells = truth != null
                    && (truth.type().returnType() == boolean.class
                            || truth.type().returnType() == Boolean.class);
            found = tells ? truth : null;
        }
        if (found == null) {
            found = field(lookup, from, name);
        }
        return found == null ? method(lookup, from, name) : found;
    }

    private static @Nullable MethodHandle method(MethodHandles.Lookup lookup, Class<?> from, String name) {
        for (Class<?> declaring : supertypes(from)) {
            try {
                Method method = declaring.getDeclaredMethod(name);
                if (Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && method.getReturnType() != void.class) {
                    MethodHandle handle = lookup.unreflect(method);
                    return handle.asType(handle.type().changeParameterType(0, from));
                }
            } catch (NoSuchMethodException | IllegalAccessException elsewhere) {
                // A supertype may declare it where it can be called.
            }
        }
        return null;
    }

    private static @Nullable MethodHandle field(MethodHandles.Lookup lookup, Class<?> from, String name) {
        try {
            Field field = from.getField(name);
            if (Modifier.isStatic(field.getModifiers())) {
                return null;
            }
            MethodHandle handle = lookup.unreflectGetter(field);
            return handle.asType(handle.type().changeParameterType(0, from));
        } catch (NoSuchFieldException | IllegalAccessException notThere) {
            return null;
        }
    }

    /** The type itself first; Object last, which interfaces do not name. */
    private static Set<Class<?>> supertypes(Class<?> from) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> type = from; type != null; type = type.getSuperclass()) {
            types.add(type);
        }
        for (Class<?> type : List.copyOf(types)) {
            addInterfaces(types, type);
        }
        types.add(Object.class);
        return types;
    }

    private static void addInterfaces(Set<Class<?>> types, Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (types.add(parent)) {
                addInterfaces(types, parent);
            }
        }
    }
}
