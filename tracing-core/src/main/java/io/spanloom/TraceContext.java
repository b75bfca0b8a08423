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

    private static final TraceContext NOTHING = new TraceContext(null, null, null);
    private static final Scope NO_SCOPE = () -> {};

    private final @Nullable Backend backend;
    private final @Nullable Object captured;
    private final @Nullable LeakDetector leaks;

    private TraceContext(@Nullable Backend backend, @Nullable Object captured, @Nullable LeakDetector leaks) {
        this.backend = backend;
        this.captured = captured;
        this.leaks = leaks;
    }

    static TraceContext of(Setup setup) {
        try {
            return new TraceContext(setup.backend(), setup.backend().capture(), setup.leaks());
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
            Activation activation = new Activation(target, target.enter(captured));
            if (leaks != null) {
                activation.opening = leaks.opened(activation, "a scope");
            }
            LogContext.follow();
            return activation;
        } catch (Throwable thrown) {
            refused(thrown);
            return NO_SCOPE;
        }
    }

    /**
     * Makes the context current on this thread for good: for what restores by making another context current, as
     * Micrometer's accessors do. Everybody else wants {@link #activate}.
     */
    public void makeCurrent() {
        Backend target = backend;
        if (target != null) {
            try {
                target.enter(captured);
            } catch (Throwable thrown) {
                refused(thrown);
            }
            LogContext.follow();
        }
    }

    /** Makes nothing current on this thread for good; see {@link #makeCurrent}. */
    public static void clear() {
        Backend target = Lifecycle.active().backend();
        if (target != Backend.none()) {
            new TraceContext(target, null, null).makeCurrent();
        }
    }

    /** Runs the task with the context current. */
    public void run(Runnable task) {
        Object entered = enter();
        try {
            task.run();
        } finally {
            leave(entered);
        }
    }

    /** Calls the task with the context current. */
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        Object entered = enter();
        try {
            return task.call();
        } finally {
            leave(entered);
        }
    }

    /** Gets from the supplier with the context current. */
    public <T extends @Nullable Object> T get(Supplier<T> supplier) {
        Object entered = enter();
        try {
            return supplier.get();
        } finally {
            leave(entered);
        }
    }

    /** As {@link #activate}, for a block of ours: without an object for the scope, unless it is watched. */
    private @Nullable Object enter() {
        Backend target = backend;
        if (target == null || leaks != null) {
            return activate();
        }
        try {
            Object entered = target.enter(captured);
            LogContext.follow();
            return entered;
        } catch (Throwable thrown) {
            refused(thrown);
            return NO_SCOPE;
        }
    }

    private void leave(@Nullable Object entered) {
        Backend target = backend;
        if (target == null || entered == NO_SCOPE) {
            return;
        }
        if (leaks != null && entered instanceof Activation watched) {
            watched.close();
            return;
        }
        try {
            target.leave(entered);
        } catch (Throwable thrown) {
            refused(thrown);
        }
        LogContext.follow();
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
        LeakDetector.@Nullable Opening opening;

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
            if (opening != null) {
                opening.left();
                opening.ended();
            }
            try {
                backend.leave(entered);
            } catch (Throwable thrown) {
                refused(thrown);
            }
            LogContext.follow();
        }
    }
}
