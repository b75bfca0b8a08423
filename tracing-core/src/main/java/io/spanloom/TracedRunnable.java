package io.spanloom;

import java.util.Objects;

/** A task of the application's, with the trace that it was handed over with. */
class TracedRunnable implements Runnable {

    private final TraceContext context;
    final Runnable task;
    /** Whether an executor wrapped it: then the application knows the task only by itself. */
    private final boolean byExecutor;

    private TracedRunnable(TraceContext context, Runnable task, boolean byExecutor) {
        this.context = context;
        this.task = task;
        this.byExecutor = byExecutor;
    }

    /** For the application: a task that has a trace already keeps it. */
    static Runnable of(Runnable task) {
        return of(task, false);
    }

    /** For an executor, on the way in. */
    static Runnable submitted(Runnable task) {
        return of(task, true);
    }

    /** For an executor, on the way out again: the task as the application handed it in. */
    static Runnable handedIn(Runnable task) {
        return task instanceof TracedRunnable traced && traced.byExecutor ? traced.task : task;
    }

    private static Runnable of(Runnable task, boolean byExecutor) {
        Objects.requireNonNull(task, "task");
        if (task instanceof TracedRunnable) {
            return task;
        }
        TraceContext context = Tracing.capture();
        if (context == TraceContext.nothing()) {
            return task;
        }
        return task instanceof Comparable<?>
                ? new Ordered(context, task, byExecutor)
                : new TracedRunnable(context, task, byExecutor);
    }

    @Override
    public void run() {
        context.run(task);
    }

    @Override
    public String toString() {
        return "traced " + task;
    }

    /** Stands in a priority queue where the task itself would stand. */
    @SuppressWarnings("ComparableType") // it may meet a task that nobody wrapped
    private static final class Ordered extends TracedRunnable implements Comparable<Object> {

        Ordered(TraceContext context, Runnable task, boolean byExecutor) {
            super(context, task, byExecutor);
        }

        @Override
        @SuppressWarnings("unchecked") // what the task can be compared with is between it and its queue
        public int compareTo(Object other) {
            return ((Comparable<Object>) task).compareTo(other instanceof TracedRunnable traced ? traced.task : other);
        }
    }
}
