package io.spanloom.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weaver that a {@code -javaagent} brought, under names of its own, as seen from the application's copy of this class:
 * asked by reflection, in types of the JDK.
 */
final class AgentWeaver {

    static final String AGENT = "io.spanloom.agent.SpanloomAgent";

    private AgentWeaver() {}

    static boolean isThere() {
        return Boolean.TRUE.equals(ask("isInstalled"));
    }

    static WeaveReport report() {
        return ask("report") instanceof int[] counts
                ? new WeaveReport(counts[0], counts[1], Weaver.JAVAAGENT, at(counts, 2), at(counts, 3))
                : new WeaveReport(0, 0, Weaver.JAVAAGENT);
    }

    /** An agent of another version may say less. */
    private static int at(int[] counts, int index) {
        return index < counts.length ? counts[index] : 0;
    }

    static Explanation explain(Class<?> type) {
        List<Explanation.Method> methods = new ArrayList<>();
        String remark = "";
        if (ask("explain", type) instanceof List<?> lines) {
            for (Object line : lines) {
                if (line instanceof Map<?, ?> method && method.containsKey("signature")) {
                    methods.add(new Explanation.Method(
                            text(method, "signature"), text(method, "woven").equals("true"), text(method, "text")));
                } else if (line instanceof Map<?, ?> whole) {
                    remark = text(whole, "remark");
                }
            }
        }
        return new Explanation(type.getName(), methods, remark);
    }

    /** Of an agent of another version, which may not know the question, none. */
    static List<String> lines(String question) {
        List<String> lines = new ArrayList<>();
        if (ask(question) instanceof List<?> answer) {
            answer.forEach(line -> lines.add(String.valueOf(line)));
        }
        return lines;
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }

    private static @Nullable Object ask(String question, Object... arguments) {
        try {
            Class<?> agent = Class.forName(AGENT, false, ClassLoader.getSystemClassLoader());
            Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {Class.class};
            return agent.getMethod(question, types).invoke(null, arguments);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError none) {
            return null;
        }
    }
}
