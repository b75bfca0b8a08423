package io.spanloom.weave;

import java.util.List;

/**
 * What {@link Weaver#explain} says about a class.
 *
 * @param className the binary name
 * @param methods each method that an annotation is about, in the order of the class file; also those that an annotation on
 *     the type leaves out as accessors
 * @param remark what is true of the whole class; may be empty
 */
public record Explanation(String className, List<Method> methods, String remark) {

    public Explanation {
        methods = List.copyOf(methods);
    }

    /**
     * One method.
     *
     * @param signature with simple names, as in {@code charge(Order, int)}
     * @param woven whether its calls become spans
     * @param text how it is woven, or why it is not and what to do
     */
    public record Method(String signature, boolean woven, String text) {

        @Override
        public String toString() {
            return signature + ": " + (woven ? "" : "not woven: ") + text;
        }
    }

    /** Whether any of its methods is woven. */
    public boolean isWoven() {
        return methods.stream().anyMatch(Method::woven);
    }

    /** A line for the class and one for each method. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(className);
        if (!remark.isEmpty()) {
            text.append(": ").append(remark);
        }
        for (Method method : methods) {
            text.append("\n  ").append(method);
        }
        return text.toString();
    }
}
