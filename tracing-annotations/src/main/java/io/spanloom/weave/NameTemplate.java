package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name such as {@code order {order.type}}: text, and in braces a parameter's name with a property path after it.
 *
 * @param parts in order; empty where the name is only text
 * @param problem what is wrong with it; empty where nothing is, else the name is taken as text
 */
record NameTemplate(List<Part> parts, String problem) {

    private static final NameTemplate TEXT = new NameTemplate(List.of(), "");

    /**
     * Text, or a value.
     *
     * @param parameter its index; -1 for text
     * @param text the text, or the path, which may be empty
     */
    record Part(int parameter, String text) {}

    /** @param declared where the name is written; it may know the parameters by other names than the method itself */
    static NameTemplate parse(String name, MethodFacts method, MethodFacts declared) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int open = name.indexOf('{'); open >= 0; open = name.indexOf('{', from)) {
            int close = name.indexOf('}', open);
            if (close < 0) {
                return problem("in the name '" + name + "', a brace is not closed");
            }
            String value = name.substring(open + 1, close).trim();
            int dot = value.indexOf('.');
            String word = dot < 0 ? value : value.substring(0, dot);
            int parameter = parameter(word, method, declared);
            if (parameter < 0) {
                return problem("in the name '" + name + "', '" + word + "' is no parameter that the class file names"
                        + " (see javac's -parameters and -g)");
            }
            addText(parts, name.substring(from, open));
            parts.add(new Part(parameter, dot < 0 ? "" : value.substring(dot + 1)));
            from = close + 1;
        }
        if (parts.isEmpty()) {
            return TEXT;
        }
        addText(parts, name.substring(from));
        return new NameTemplate(List.copyOf(parts), "");
    }

    private static void addText(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(-1, text));
        }
    }

    private static NameTemplate problem(String what) {
        return new NameTemplate(List.of(), what);
    }

    private static int parameter(String word, MethodFacts method, MethodFacts declared) {
        for (int i = 0; i < method.parameters().length; i++) {
            if (is(word, declared.knownName(i)) || is(word, method.parameterName(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean is(String word, @Nullable String name) {
        return word.equals(name);
    }
}
