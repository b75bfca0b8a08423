package io.spanloom.agent.contract;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** Somebody else's agent, which has every class transformed anew. */
public final class SecondAgent {

    private static volatile Instrumentation instrumentation;

    private SecondAgent() {}

    public static void premain(String options, Instrumentation given) {
        instrumentation = given;
        given.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String name,
                            Class<?> redefined,
                            ProtectionDomain domain,
                            byte[] bytes) {
                        return name != null && name.startsWith("io/spanloom/agent/contract/") ? bytes.clone() : null;
                    }
                },
                true);
    }

    /** Called by the program, in the middle of its run. */
    public static void retransformAll() {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (instrumentation.isModifiableClass(loaded) && !loaded.isArray()) {
                try {
                    instrumentation.retransformClasses(loaded);
                } catch (Exception | LinkageError | InternalError refused) {
                    if (loaded.getName().startsWith("io.spanloom")) {
                        System.out.println("refused: " + loaded + " " + refused);
                    }
                }
            }
        }
    }
}
