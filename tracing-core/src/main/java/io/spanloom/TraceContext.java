package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.Backend;
import io.spanloom.spi.Reporter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was current on a thread at one moment, to be made current on another.
 *
 * <pre>{@code
 * TraceContext context = Tracing.capture();
 * pool.execute(() -> context.run(this::load));
 * }</pre>
 *
 * <p>Immutable; may be activated on any number of threads at once and any number of times. A context that was captured
 * where nothing was current makes nothing current: work that was handed over never runs under a stranger's span.
 */
public final class TraceContext {

    /** Where a context that travels with a stream (Reactor's {@code Context}, for one) keeps it. */
    public static final String KEY = "io.spanloom.trace";

    private static final TraceContext NOTHING = new TraceContext(null, null);
    private static final Scope NO_SCOPE = () -> {};

    private final @Nullable Backend backend;
    private final @Nullable Object captured;

    private TraceContext(@Nullable Backend backend, @Nullable Object captured) {
        this.backend = backend;
        this.captured = captured;
    }

    static TraceContext of(Backend backend) {
        try {
            return new TraceContext(backend, backend.capture());
        } catch (Throwable thrown) {
            refused(thrown);
            return NOTHING;
        }
    }

    /** A context that changes nothing: what tracing captures while it is off. */
    static TraceContext nothing() {
        return NOTHING;
    }

    /** Makes the context current on this thread until the scope is closed on this thread. */
    public Scope activate() {
        Backend target = backend;
        if (target == null) {
            return NO_SCOPE;
        }
        try {
            return new Activation(target, target.enter(captured));
        } catch (Throwable thrown) {
            refused(thrown);
            return NO_SCOPE;
        }
    }

    /** Runs the task with the context current. */
    public void run(Runnable task) {
        try (Scope scope = activate()) {
            task.run();
        }
    }

    /** Calls the task with the context current. */
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        try (Scope scope = activate()) {
            return task.call();
        }
    }

    /** Gets from the supplier with the context current. */
    public <T extends @Nullable Object> T get(Supplier<T> supplier) {
        try (Scope scope = activate()) {
            return supplier.get();
        }
    }

    private static void refused(Throwable thrown) {
        Fatal.rethrow(thrown);
        Reporter.warn(
                "TRC-022",
                "a backend could not hand a trace from one thread to another; the work goes on without it",
                thrown);
    }

    private static final class Activation implements Scope {
        private final Backend backend;
        private final @Nullable Object entered;
        private @Nullable Thread thread = Thread.currentThread();

        Activation(Backend backend, @Nullable Object entered) {
            this.backend = backend;
            this.entered = entered;
        }

        @Override
        public void close() {
            if (thread != Thread.currentThread()) {
                return;
            }
            thread = null;
            try {
                backend.leave(entered);
            } catch (Throwable thrown) {
                refused(thrown);
            }
        }
    }
}
