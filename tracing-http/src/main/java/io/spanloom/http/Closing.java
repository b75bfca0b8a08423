package io.spanloom.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an {@code HttpClient} is closed, from JDK 21 on; before that there is nothing to close. */
final class Closing {

    static final @Nullable MethodHandle CLOSE;
    static final @Nullable MethodHandle SHUTDOWN;
    static final @Nullable MethodHandle SHUTDOWN_NOW;
    private static final @Nullable MethodHandle IS_TERMINATED;
    private static final @Nullable MethodHandle AWAIT_TERMINATION;

    static {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodType action = MethodType.methodType(void.class);
        MethodHandle[] found = new MethodHandle[5];
        try {
            found = new MethodHandle[] {
                lookup.findVirtual(HttpClient.class, "close", action),
                lookup.findVirtual(HttpClient.class, "shutdown", action),
                lookup.findVirtual(HttpClient.class, "shutdownNow", action),
                lookup.findVirtual(HttpClient.class, "isTerminated", MethodType.methodType(boolean.class)),
                lookup.findVirtual(
                        HttpClient.class, "awaitTermination", MethodType.methodType(boolean.class, Duration.class))
            };
        } catch (ReflectiveOperationException before21) {
            // none of them is there
        }
        CLOSE = found[0];
        SHUTDOWN = found[1];
        SHUTDOWN_NOW = found[2];
        IS_TERMINATED = found[3];
        AWAIT_TERMINATION = found[4];
    }

    private Closing() {}

    static void run(@Nullable MethodHandle method, HttpClient client) {
        if (method != null) {
            try {
                method.invoke(client);
            } catch (Throwable thrown) {
                throw unchecked(thrown);
            }
        }
    }

    static boolean isTerminated(HttpClient client) {
        if (IS_TERMINATED == null) {
            return false;
        }
        try {
            return (boolean) IS_TERMINATED.invoke(client);
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    static boolean awaitTermination(HttpClient client, Duration duration) throws InterruptedException {
        if (AWAIT_TERMINATION == null) {
            return true;
        }
        try {
            return (boolean) AWAIT_TERMINATION.invoke(client, duration);
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Throwable thrown) {
            throw unchecked(thrown);
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
    }
}
