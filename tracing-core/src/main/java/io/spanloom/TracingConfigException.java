package io.spanloom;

import java.util.List;

/**
 * Something is configured that cannot be: the message names each key, where its value came from, and what is allowed.
 */
public final class TracingConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Whether {@code tracing.strict} was among what was read, before it was found to be wrong elsewhere. */
    private final boolean strict;

    TracingConfigException(List<String> problems) {
        this(problems, false);
    }

    TracingConfigException(List<String> problems, boolean strict) {
        super(message(problems));
        this.problems = List.copyOf(problems);
        this.strict = strict;
    }

    TracingConfigException(String problem, Throwable cause) {
        super(problem, cause);
        this.problems = List.of(problem);
        this.strict = false;
    }

    boolean isStrict() {
        return strict;
    }

    /** What is wrong, a line each. */
    public List<String> problems() {
        return problems == null ? List.of() : problems;
    }

    private static String message(List<String> problems) {
        return problems.size() == 1
                ? problems.get(0)
                : problems.size() + " problems:\n  - " + String.join("\n  - ", problems);
    }
}
