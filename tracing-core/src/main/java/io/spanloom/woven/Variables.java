package io.spanloom.woven;

/** What a woven description leaves to the environment of the program, which a build does not know. */
final class Variables {

    private Variables() {}

    /** <code>${VARIABLE:default}</code> as the environment has it; any other text as it is. */
    static String in(String text) {
        int colon = text.indexOf(':');
        if (!text.startsWith("${") || !text.endsWith("}") || colon < 0) {
            return text;
        }
        String value = System.getenv(text.substring(2, colon));
        return value == null || value.isBlank() ? text.substring(colon + 1, text.length() - 1) : value;
    }

    /** Whether the variable is set, and not to {@code true}. */
    static boolean isRefused(String variable) {
        String value = System.getenv(variable);
        return value != null && !Boolean.parseBoolean(value);
    }
}
