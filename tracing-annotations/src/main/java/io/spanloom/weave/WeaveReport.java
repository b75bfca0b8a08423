package io.spanloom.weave;

/**
 * How much is woven so far.
 *
 * @param methods annotated methods that are woven
 * @param classes the classes they are in
 * @param mode as in {@link Installation#mode}
 * @param included how many of the methods are woven by {@code tracing.weave.include}
 * @param foreign how many by the annotations of others, by {@code tracing.weave.foreign}
 */
public record WeaveReport(int methods, int classes, String mode, int included, int foreign) {

    /** All by our own annotations. */
    public WeaveReport(int methods, int classes, String mode) {
        this(methods, classes, mode, 0, 0);
    }

    /** {@code woven 41 methods in 12 classes (javaagent)}, and how many of them by configuration. */
    @Override
    public String toString() {
        return counted() + by(included, "tracing.weave.include") + by(foreign, "tracing.weave.foreign");
    }

    private static String by(int count, String key) {
        return count == 0 ? "" : ", " + count + " by " + key;
    }

    private String counted() {
        return "woven " + methods + (methods == 1 ? " method in " : " methods in ") + classes
                + (classes == 1 ? " class (" : " classes (") + mode + ")";
    }
}
