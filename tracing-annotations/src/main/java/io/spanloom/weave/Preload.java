package io.spanloom.weave;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Loads some classes before the transformer is asked about the first one, because they break for good when they
 * are first loaded from inside a class file transformer: of the JDK {@code ThreadLocalRandom}, and the nested class of
 * {@code MethodHandle} after whose circular loading no invokedynamic links any more (JDK 17); of ours those that name the
 * annotations, for they look annotated themselves, and would be needed to tell that they are not.
 */
final class Preload {

    private Preload() {}

    static void run() {
        ThreadLocalRandom.current();
        for (Class<?> ours : new Class<?>[] {AnnotationFacts.class, ClassOutline.class}) {
            load(ours.getName(), Preload.class.getClassLoader());
        }
        load("java.lang.invoke.MethodHandle$1", null);
    }

    private static void load(String name, @Nullable ClassLoader loader) {
        try {
            Class.forName(name, true, loader);
        } catch (ClassNotFoundException otherJdk) {
            // This JDK has no such class, and so not the trap.
        }
    }
}
