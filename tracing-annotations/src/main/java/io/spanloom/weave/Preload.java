package io.spanloom.weave;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Loads some classes of the JDK before the transformer is asked about the first one, because they break for good when they
 * are first loaded from inside a class file transformer: {@code ThreadLocalRandom}, and the nested class of
 * {@code MethodHandle} after whose circular loading no invokedynamic links any more (JDK 17).
 */
final class Preload {

    private Preload() {}

    static void run() {
        ThreadLocalRandom.current();
        try {
            Class.forName("java.lang.invoke.MethodHandle$1", true, null);
        } catch (ClassNotFoundException otherJdk) {
            // This JDK has no such class, and so not the trap.
        }
    }
}
