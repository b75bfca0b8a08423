package io.spanloom.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The readable properties of a class, found once: a record's components, else public getters ({@code getX}, and
 * {@code isX} of booleans), in order of name. A class of the JDK, or one whose module is closed to us, has none.
 */
final class BeanReader {

    /**
     * Of types of the JDK alone: a class holds on to what is computed for it, and through an object of ours to our class
     * loader, which may be that of a web application that ended long ago.
     */
    private static final ClassValue<List<Map.Entry<String, Method>>> PROPERTIES = new ClassValue<>() {
        @Override
        protected List<Map.Entry<String, Method>> computeValue(Class<?> type) {
            return properties(type);
        }
    };

    private final List<Map.Entry<String, Method>> properties;

    private BeanReader(List<Map.Entry<String, Method>> properties) {
        this.properties = properties;
    }

    private static List<Map.Entry<String, Method>> properties(Class<?> type) {
        List<Map.Entry<String, Method>> properties = new ArrayList<>();
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
            properties.sort(Map.Entry.comparingByKey());
        }
        return List.copyOf(properties);
    }

    static BeanReader of(Class<?> type) {
        return new BeanReader(PROPERTIES.get(type));
    }

    boolean isEmpty() {
        return properties.isEmpty();
    }

    int size() {
        return properties.size();
    }

    String name(int index) {
        return properties.get(index).getKey();
    }

    /** What the property is declared as. */
    Class<?> type(int index) {
        return properties.get(index).getValue().getReturnType();
    }

    /** The property's value; throws what its getter throws. */
    @Nullable
    Object read(int index, Object bean) throws Throwable {
        try {
            return properties.get(index).getValue().invoke(bean);
        } catch (InvocationTargetException wrapped) {
            throw wrapped.getCause() == null ? wrapped : wrapped.getCause();
        }
    }

    private static void add(List<Map.Entry<String, Method>> properties, String name, Method accessor) {
        if (accessor.trySetAccessible()
                && properties.stream().noneMatch(known -> known.getKey().equals(name))) {
            properties.add(Map.entry(name, accessor));
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
