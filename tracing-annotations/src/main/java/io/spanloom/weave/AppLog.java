package io.spanloom.weave;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what the weaver has to say: on the slf4j logger {@code io.spanloom} of the application that is woven, where it has
 * one with a provider, else on standard error. Found by reflection, for the agent has no slf4j of its own and must not
 * choose the application's.
 *
 * <p>Warnings, which come while classes are being loaded, go to standard error always: to set up the application's logging
 * from inside its class loading would be to ask for trouble.
 */
final class AppLog {

    /** Enough to see what is wrong. */
    private static final int MAX_WARNINGS = 100;

    private static final List<String> WARNINGS = new ArrayList<>();

    private AppLog() {}

    static List<String> warnings() {
        synchronized (WARNINGS) {
            return List.copyOf(WARNINGS);
        }
    }

    /** @param loader of a woven class; null where none is woven */
    static void info(@Nullable ClassLoader loader, String text) {
        if (loader == null || !infoBySlf4j(loader, text)) {
            println("spanloom: " + text);
        }
    }

    /** @param code with a section in docs/messages.md */
    static void warn(String code, String text) {
        synchronized (WARNINGS) {
            if (WARNINGS.size() < MAX_WARNINGS) {
                WARNINGS.add(code + ": " + text);
            }
        }
        println("spanloom WARN " + code + ": " + text + " - see docs/messages.md#"
                + code.toLowerCase(java.util.Locale.ROOT));
    }

    private static boolean infoBySlf4j(ClassLoader loader, String text) {
        try {
            Class<?> factory = Class.forName("org.slf4j.LoggerFactory", true, loader);
            Object logger = factory.getMethod("getLogger", String.class).invoke(null, "io.spanloom");
            if (logger == null || logger.getClass().getName().equals("org.slf4j.helpers.NOPLogger")) {
                return false;
            }
            Method info = Class.forName("org.slf4j.Logger", false, loader).getMethod("info", String.class);
            info.invoke(logger, text);
            return true;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError none) {
            return false;
        }
    }

    private static void println(String line) {
        PrintStream stream = System.err;
        if (stream != null) {
            stream.println(line);
        }
    }
}
