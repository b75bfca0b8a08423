package io.spanloom;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task of the application's, with the trace that it was handed over with. */
final class TracedCallable<T extends @Nullable Object> implements Callable<T> {

    private final TraceContext context;
    private final Callable<T> task;

    private TracedCallable(TraceContext context, Callable<T> task) {
        this.context = context;
        this.task = task;
    }

    /** A task that has a trace already keeps it. */
    static <T extends @Nullable Object> Callable<T> of(Callable<T> task) {
        Objects.requireNonNull(task, "task");
        TraceContext context = task instanceof TracedCallable ? TraceContext.nothing() : Tracing.capture();
        return context == TraceContext.nothing() ? task : new TracedCallable<>(context, task);
    }

    @Override
    public T call() throws Exception {
        return context.call(task);
    }

    @Override
    public String toString() {
        return "traced " + task;
    }
}
