package io.spanloom.agent;

import io.spanloom.weave.Explanation;
import io.spanloom.weave.WeaveReport;
import io.spanloom.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code java -javaagent:tracing-agent.jar -jar app.jar}: weaves annotated methods from the first class on. It takes no
 * options.
 *
 * <p>Nothing here keeps an application from starting: where the weaver cannot be installed, one line on standard error says
 * so (TRC-060), and the application runs untraced.
 */
public final class SpanloomAgent {

    private static volatile boolean installed;

    private SpanloomAgent() {}

    /** Called by the JVM before {@code main}. */
    public static void premain(String options, Instrumentation instrumentation) {
        install(instrumentation);
    }

    /** Called by the JVM where the agent is attached later, or named as {@code Launcher-Agent-Class}. */
    public static void agentmain(String options, Instrumentation instrumentation) {
        install(instrumentation);
    }

    private static void install(Instrumentation instrumentation) {
        try {
            installed = Weaver.install(instrumentation).installed();
        } catch (Throwable refused) {
            System.err.println("spanloom WARN TRC-060: the agent could not be installed, annotated methods are not"
                    + " traced: " + refused + " - see docs/messages.md#trc-060");
        }
    }

    /** Asked by the application's own {@code Weaver}, by reflection, as all below: in types of the JDK alone. */
    public static Boolean isInstalled() {
        return installed;
    }

    /** How many methods are woven, in how many classes, how many of them by rules, and by annotations of others. */
    public static int[] report() {
        WeaveReport report = Weaver.report();
        return new int[] {report.methods(), report.classes(), report.included(), report.foreign()};
    }

    /** What was warned of so far. */
    public static List<String> warnings() {
        return Weaver.warnings();
    }

    /** A map for the class ({@code remark}), and one for each method ({@code signature}, {@code woven}, {@code text}). */
    public static List<Map<String, String>> explain(Class<?> type) {
        Explanation explanation = Weaver.explain(type);
        List<Map<String, String>> lines = new ArrayList<>();
        lines.add(Map.of("remark", explanation.remark()));
        for (Explanation.Method method : explanation.methods()) {
            lines.add(Map.of(
                    "signature", method.signature(),
                    "woven", String.valueOf(method.woven()),
                    "text", method.text()));
        }
        return lines;
    }
}
