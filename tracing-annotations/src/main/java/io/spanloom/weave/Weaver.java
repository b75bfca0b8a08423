package io.spanloom.weave;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes annotated methods traced ones, as their classes are loaded.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     Weaver.install();                                   // where the JVM lets a program attach to itself
 *     ...
 *     System.out.println(Weaver.explain(Foo.class));      // what is woven, and if not, why and what to do
 * }
 * }</pre>
 *
 * <p>{@code -javaagent:tracing-agent.jar} does the same from the first class on, needs no line of code, and is what to use
 * where the JVM refuses: self-attachment needs {@code byte-buddy-agent} on the class path and a JDK (not a bare JRE); from
 * Java 21 on the JVM prints a warning about it unless {@code -XX:+EnableDynamicAgentLoading} is given.
 *
 * <p>All methods may be called from any thread, at any time, and any number of times. None throws.
 */
public final class Weaver {

    static final String JAVAAGENT = "javaagent";
    static final String SELF_ATTACHED = "self-attached";
    static final String BUILD_TIME = "build-time";
    static final String NONE = "none";

    /** Of a method that is as the compiler left it, and can be woven. */
    private static final String READY =
            "no weaver has seen this file yet; the agent, Weaver.install() or the build plugin" + " weaves it";

    /** Core reads it, to tell whether annotated classes run with nobody who weaves them. */
    private static final String ANNOUNCEMENT = "io.spanloom.weaver";

    private static final Ledger LEDGER = new Ledger();
    private static final LoaderTypes TYPES = new LoaderTypes();
    private static volatile Installation installation =
            new Installation(false, NONE, "the weaver is not installed: call Weaver.install(), or use the agent");

    /** Whether the transformer is this copy's own, not the agent's. */
    private static volatile boolean here;

    /** What takes this copy's transformer out of the JVM again. */
    private static @Nullable Runnable removal;

    /** Whether the JVM has refused already: it would again. */
    private static boolean refusedBefore;

    private Weaver() {}

    /**
     * Attaches to this JVM and weaves from now on; classes that are loaded already are woven, too. Does nothing where the
     * agent or an earlier call has done so.
     *
     * @return whether it could, and if not, what to do; that is also said once on standard error (TRC-057)
     */
    public static synchronized Installation install() {
        if (installation.installed() || refusedBefore) {
            return installation;
        }
        if (isAgents()) {
            installation = new Installation(true, JAVAAGENT, "the agent weaves");
            return installation;
        }
        Installation result;
        try {
            result = install(SelfAttachment.instrumentation(), SELF_ATTACHED);
        } catch (SelfAttachment.RefusedException refused) {
            refusedBefore = true;
            result = withoutAttachment(String.valueOf(refused.getMessage()));
        }
        installation = result;
        return result;
    }

    /**
     * Takes out of the JVM what {@link #install()} has put in, for an application that ends before the JVM does: a web
     * application in a server, when it is undeployed. Nothing of its class loader is held from then on.
     *
     * <pre>{@code
     * public void contextDestroyed(ServletContextEvent event) {    // of the ServletContextListener that installed it
     *     Tracing.shutdown();
     *     Weaver.uninstall();
     * }
     * }</pre>
     *
     * <p>Classes that are woven stay so; those that are loaded later are not, unless it is installed again. Does nothing
     * where another copy of this class weaves, such as the agent.
     */
    public static synchronized void uninstall() {
        Runnable remove = removal;
        if (remove != null) {
            removal = null;
            here = false;
            installation = new Installation(false, NONE, "the weaver was uninstalled: call Weaver.install() again");
            remove.run();
            System.clearProperty(ANNOUNCEMENT);
        }
    }

    private static Installation withoutAttachment(String why) {
        if (BuildIndex.saysAllWoven()) {
            return new Installation(true, BUILD_TIME, "annotated classes are woven (" + BUILD_TIME + ")");
        }
        AppLog.warn("TRC-057", why);
        return new Installation(false, NONE, why);
    }

    /** Weaves by an agent's instrumentation from now on, and what is loaded already. */
    public static synchronized Installation install(Instrumentation instrumentation) {
        if (!installation.installed()) {
            installation = install(instrumentation, JAVAAGENT);
        }
        return installation;
    }

    private static Installation install(Instrumentation instrumentation, String mode) {
        Preload.run();
        CoreSight core = new CoreSight(instrumentation);
        ReportLine line = new ReportLine(LEDGER, mode);
        here = true;
        System.setProperty(ANNOUNCEMENT, mode);
        boolean again = instrumentation.isRetransformClassesSupported();
        Transformer transformer = new Transformer(LEDGER, core, line, TYPES);
        instrumentation.addTransformer(transformer, again);
        removal = new Removal(instrumentation, transformer, line);
        if (again) {
            LoadedClasses.retransform(instrumentation, core, TYPES);
        }
        return new Installation(true, mode, "annotated classes are woven (" + mode + ")");
    }

    /** How much is woven so far: {@code woven 41 methods in 12 classes (javaagent)}. */
    public static WeaveReport report() {
        return isAgents() ? AgentWeaver.report() : LEDGER.report(installation.mode());
    }

    /** Each annotated method of a class: whether it is woven, and if not, why and what to do. */
    public static Explanation explain(Class<?> type) {
        if (isAgents()) {
            return AgentWeaver.explain(type);
        }
        List<MethodPlan> woven = LEDGER.find(type.getClassLoader(), type.getName());
        if (woven != null) {
            return explanation(type, woven, null);
        }
        byte[] bytes = LoadedClasses.bytes(type);
        if (bytes == null) {
            return new Explanation(type.getName(), List.of(), "its class file cannot be found, so nothing can be said");
        }
        List<MethodPlan> plans;
        try {
            plans = plans(bytes, type.getClassLoader());
        } catch (RuntimeException | LinkageError unreadable) {
            return new Explanation(type.getName(), List.of(), "its class file cannot be read: " + unreadable);
        }
        return plans.isEmpty()
                ? new Explanation(type.getName(), List.of(), "nothing in it is annotated")
                : explanation(type, plans, whyNotAtAll(type));
    }

    static Explanation.Method unloaded(MethodPlan plan) {
        return plan.isWoven()
                ? new Explanation.Method(plan.signature(), false, READY + also(plan))
                : method(plan, plan.remark(), false);
    }

    /**
     * What there is to say of the rules of {@code tracing.weave.include} and {@code exclude}: those that have met no method
     * so far, with what is near, and what the limit has kept out. Each once.
     */
    public static List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (WeaveSettings each : WeaveSettings.all()) {
            for (String[] warning : each.selection().warnings()) {
                remarks.add(warning[0] + ": " + warning[1]);
            }
        }
        return remarks;
    }

    /**
     * What the weaver has warned of so far, with its codes, as on standard error: classes and methods that stay as they are, rules
     * that meet nothing. The first hundred.
     */
    public static List<String> warnings() {
        return isAgents() ? AgentWeaver.lines("warnings") : AppLog.warnings();
    }

    /** How this JVM weaves, and where it does not, what to do. */
    public static Installation installation() {
        return isAgents() ? new Installation(true, JAVAAGENT, "the agent weaves") : installation;
    }

    private static String also(MethodPlan plan) {
        return plan.remark().isEmpty() ? "" : "; " + plan.remark();
    }

    /** One that a build has woven is. */
    private static Explanation.Method method(MethodPlan plan, String text, boolean woven) {
        return plan.remark().startsWith("woven already")
                ? new Explanation.Method(plan.signature(), true, "woven (" + BUILD_TIME + ")")
                : new Explanation.Method(plan.signature(), woven, text);
    }

    private static List<MethodPlan> plans(byte[] bytes, @Nullable ClassLoader loader) {
        if (loader == null) {
            return List.of();
        }
        KnownTypes known = TYPES.of(loader);
        ClassFileSource source = ClassFileSource.of(loader);
        return known.concern(bytes, source) ? new ClassFile(bytes, known, source).plans() : List.of();
    }

    /** Whether another copy of this class does the work. */
    private static boolean isAgents() {
        return !here && AgentWeaver.isThere();
    }

    private static Explanation explanation(Class<?> type, List<MethodPlan> plans, @Nullable String notAtAll) {
        List<Explanation.Method> methods = new ArrayList<>();
        for (MethodPlan plan : plans) {
            String how = "woven (" + installation.mode() + ")" + also(plan);
            boolean woven = plan.isWoven() && notAtAll == null;
            String text = !plan.isWoven() ? plan.remark() : notAtAll == null ? how : notAtAll;
            methods.add(method(plan, text, woven));
        }
        return new Explanation(type.getName(), methods, "");
    }

    private static String whyNotAtAll(Class<?> type) {
        if (!installation.installed()) {
            return installation.message();
        }
        ClassLoader loader = type.getClassLoader();
        if (loader == null || !new CoreSight(null).isVisible(loader)) {
            return "its class loader does not see io.spanloom:tracing-core; put tracing-core where the class itself is";
        }
        return "it was loaded before the weaver and could not be woven later; install the weaver earlier, or use the agent";
    }

    /** A class, not a lambda, of which the first costs a start several milliseconds. */
    private record Removal(Instrumentation from, Transformer transformer, ReportLine line) implements Runnable {
        @Override
        public void run() {
            from.removeTransformer(transformer);
            transformer.close();
            line.close();
        }
    }
}
