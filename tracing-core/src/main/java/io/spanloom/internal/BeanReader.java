package io.spanloom.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The readable properties of a class, found once: a record's components, else public getters ({@code getX}, and
 * {@code isX} of booleans), in order of name. A class of the JDK, or one whose module is closed to us, has none.
 */
final class BeanReader {

    private static final ClassValue<BeanReader> READERS = new ClassValue<>() {
        @Override
        protected BeanReader computeValue(Class<?> type) {
            return new BeanReader(type);
        }
    };

    private final String[] names;
    private final Method[] accessors;

    private BeanReader(Class<?> type) {
        List<Property> properties = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                add(properties, component.getName(), component.getAccessor());
            }
        } else if (type.getClassLoader() != null && !type.isSynthetic() && !type.isHidden()) {
            for (Method method : type.getMethods()) {
                String name = propertyName(method);
                if (name != null) {
                    add(properties, name, method);
                }
            }
            properties.sort(Comparator.comparing(Property::name));
        }
        names = properties.stream().map(Property::name).toArray(String[]::new);
        accessors = properties.stream().map(Property::accessor).toArray(Method[]::new);
    }

    static BeanReader of(Class<?> type) {
        return READERS.get(type);
    }

    boolean isEmpty() {
        return names.length == 0;
    }

    int size() {
        return names.length;
    }

    String name(int index) {
        return names[index];
    }

    /** The property's value; throws what its getter throws. */
    @Nullable
    Object read(int index, Object bean) throws Throwable {
        try {
            return accessors[index].invoke(bean);
        } catch (InvocationTargetException wrapped) {
            throw wrapped.getCause() == null ? wrapped : wrapped.getCause();
        }
    }

    private record Property(String name, Method accessor) {}

    private static void add(List<Property> properties, String name, Method accessor) {
        if (accessor.trySetAccessible() && properties.stream().noneMatch(p -> p.name.equals(name))) {
            properties.add(new Property(name, accessor));
        }
    }

    private static @Nullable String propertyName(Method method) {
        if (method.getParameterCount() > 0
                || Modifier.isStatic(method.getModifiers())
                || method.isBridge()
                || method.getReturnType() == void.class
                || method.getDeclaringClass() == Object.class) {
            return null;
        }
        String name = method.getName();
        if (name.startsWith("get") && name.length() > 3) {
            return decapitalized(name.substring(3));
        }
        boolean truth = method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class;
        return truth && name.startsWith("is") && name.length() > 2 ? decapitalized(name.substring(2)) : null;
    }

    /** As JavaBeans do: {@code URL} stays, {@code UserName} becomes {@code userName}. (Theirs lives in java.desktop.) */
    private static String decapitalized(String name) {
        boolean acronym =
                name.length() > 1 && Character.isUpperCase(name.charAt(0)) && Character.isUpperCase(name.charAt(1));
        return acronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
