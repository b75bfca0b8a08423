package io.spanloom;

import java.util.List;

/**
 * A span or scope that is open, and where it was opened.
 *
 * <pre>{@code
 * Tracing.opened().forEach(System.out::println);
 * // span 'charge', opened on thread 'pool-1-thread-2' at com.acme.Billing.charge(Billing.java:41)
 * }</pre>
 *
 * @param what {@code span 'charge'}, or {@code a scope}
 * @param thread the name of the thread that opened it
 * @param current whether it was neither closed nor detached on that thread: whatever comes next there is recorded below it
 * @param stack where it was opened, the application's own frame first; at most 16 frames
 */
public record Opened(String what, String thread, boolean current, List<StackTraceElement> stack) {

    public Opened {
        stack = List.copyOf(stack);
    }

    /** The line that opened it. */
    public String place() {
        return stack.isEmpty() ? "an unknown place" : stack.get(0).toString();
    }

    @Override
    public String toString() {
        return what + ", opened on thread '" + thread + "' at " + place();
    }
}
