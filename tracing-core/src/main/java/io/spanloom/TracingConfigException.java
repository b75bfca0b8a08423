package io.spanloom;

import java.util.List;

/**
 * Something is configured that cannot be: the message names each key, where its value came from, and what is allowed.
 */
public final class TracingConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    TracingConfigException(List<String> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    TracingConfigException(String problem, Throwable cause) {
        super(problem, cause);
        this.problems = List.of(problem);
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
