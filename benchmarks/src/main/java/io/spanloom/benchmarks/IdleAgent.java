package io.spanloom.benchmarks;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;

/**
 * An agent that does nothing: what the JVM itself charges for {@code -javaagent}. With the option {@code transformer} it is
 * asked about each class and changes none: what the JVM charges for that.
 */
public final class IdleAgent {

    private IdleAgent() {}

    public static void premain(String options, Instrumentation instrumentation) {
        if ("transformer".equals(options)) {
            instrumentation.addTransformer(new Idle(), true);
        }
    }

    private static final class Idle implements ClassFileTransformer {}
}
