package io.spanloom.weave;

/**
 * How much is woven so far.
 *
 * @param methods annotated methods that are woven
 * @param classes the classes they are in
 * @param mode as in {@link Installation#mode}
 */
public record WeaveReport(int methods, int classes, String mode) {

    /** {@code woven 41 methods in 12 classes (javaagent)}. */
    @Override
    public String toString() {
        return "woven " + methods + (methods == 1 ? " method in " : " methods in ") + classes
                + (classes == 1 ? " class (" : " classes (") + mode + ")";
    }
}
