package io.spanloom.weave;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Uses what weaving needs of the JDK before the transformer is asked about the first class. Two of these are known to
 * break for good when they are first loaded from inside a class file transformer: {@code ThreadLocalRandom}, and the
 * classes behind {@code MethodHandle}, after which no invokedynamic links any more.
 */
final class Preload {

    private Preload() {}

    static void run() {
        try {
            int random = ThreadLocalRandom.current().nextInt(8);
            MethodHandle handle = MethodHandles.lookup()
                    .findStatic(Preload.class, "sum", MethodType.methodType(int.class, int.class, int.class));
            MethodHandle bound = MethodHandles.insertArguments(handle, 1, random);
            int sum = (int) bound.invokeExact(1);
            Supplier<String> lambda = () -> "preloaded " + sum;
            if (lambda.get().isEmpty()) {
                throw new IllegalStateException();
            }
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static int sum(int one, int other) {
        return one + other;
    }
}
