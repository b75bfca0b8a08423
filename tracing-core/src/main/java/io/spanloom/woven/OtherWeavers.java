package io.spanloom.woven;

import io.spanloom.spi.Reporter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices that somebody else traces the methods that we trace by their annotation, which makes two spans of each call. Asked
 * when such a method is linked, in its first call: an aspect that works is then on the stack, below the method, whoever put
 * it there and however our own code came in. The OpenTelemetry agent leaves no frame, but is there.
 */
final class OtherWeavers {

    /** Deeper than web containers and their filters put a method. */
    private static final int FRAMES = 512;

    private static final Map<String, String> ASPECTS = Map.of(
            "BaseAbstractXRayInterceptor", "xray",
            "AbstractXRayInterceptor", "xray",
            "LambdaTracingAspect", "powertools",
            "ObservedAspect", "micrometer",
            "SpanAspect", "micrometer",
            "WithSpanAspect", "otel",
            "InstrumentationWithSpanAspect", "otel",
            "WithSpanInterceptor", "otel");

    private static final Map<String, String> CURES = Map.of(
            "otel",
            "switch its annotations off (OpenTelemetry's Spring starter: otel.instrumentation.annotations.enabled=false)",
            "xray",
            "remove the aspect that extends BaseAbstractXRayInterceptor",
            "powertools",
            "take powertools-tracing out of aspectj-maven-plugin's aspectLibraries",
            "micrometer",
            "remove the ObservedAspect or SpanAspect bean (Spring Boot: management.observations.annotations.enabled=false)");

    private static final String AGENT = "io.opentelemetry.javaagent.OpenTelemetryAgent";
    private static final String AGENT_SWITCH = "otel.instrumentation.opentelemetry-instrumentation-annotations.enabled";

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private OtherWeavers() {}

    /** @param family as in {@code tracing.weave.foreign} */
    static void notice(String family) {
        if (SAID.contains(family)) {
            return;
        }
        if (family.equals("otel") && isAgentAtWork()) {
            say(family, "the OpenTelemetry agent", "give the agent -D" + AGENT_SWITCH + "=false");
            return;
        }
        String aspect = aspectOnTheStack(family);
        if (aspect != null) {
            say(family, aspect, CURES.getOrDefault(family, "remove it"));
        }
    }

    private static void say(String family, String who, String cure) {
        if (SAID.add(family)) {
            Reporter.warnAbout(
                    family,
                    "TRC-073",
                    "methods are traced twice: by tracing.weave.foreign = " + family + ", and by " + who
                            + ". Keep one: " + cure + ", or take " + family + " out of tracing.weave.foreign");
        }
    }

    private static @Nullable String aspectOnTheStack(String family) {
        return StackWalker.getInstance()
                .walk(frames -> frames.limit(FRAMES)
                        .map(StackWalker.StackFrame::getClassName)
                        .filter(name -> family.equals(ASPECTS.get(name.substring(name.lastIndexOf('.') + 1))))
                        .findFirst()
                        .orElse(null));
    }

    private static boolean isAgentAtWork() {
        if (isOff(AGENT_SWITCH) || isOff("otel.javaagent.enabled")) {
            return false;
        }
        try {
            Class.forName(AGENT, false, ClassLoader.getSystemClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    private static boolean isOff(String key) {
        String value = System.getProperty(key);
        if (value == null) {
            value = System.getenv(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
        }
        return "false".equalsIgnoreCase(value);
    }

    /** For tests. */
    static void forget() {
        SAID.clear();
    }
}
