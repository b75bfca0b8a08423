package io.spanloom;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** Wraps each task on its way in. */
class TracingExecutor implements Executor {

    private final Executor executor;

    TracingExecutor(Executor executor) {
        this.executor = executor;
    }

    /** As much of an executor as the wrapped one is; one that is wrapped already stays as it is. */
    static Executor of(Executor executor) {
        if (executor instanceof TracingExecutor) {
            return executor;
        }
        return executor instanceof ExecutorService service ? of(service) : new TracingExecutor(executor);
    }

    /** As {@link #of(Executor)}. */
    static ExecutorService of(ExecutorService executor) {
        if (executor instanceof TracingExecutor) {
            return executor;
        }
        return executor instanceof ScheduledExecutorService scheduler
                ? new TracingScheduledExecutorService(scheduler)
                : new TracingExecutorService(executor);
    }

    /** As {@link #of(Executor)}. */
    static ScheduledExecutorService of(ScheduledExecutorService executor) {
        return executor instanceof TracingExecutor ? executor : new TracingScheduledExecutorService(executor);
    }

    static Executor unwrap(Executor executor) {
        return executor instanceof TracingExecutor traced ? traced.executor : executor;
    }

    @Override
    public void execute(Runnable command) {
        executor.execute(TracedRunnable.submitted(command));
    }

    @Override
    public String toString() {
        return "traced " + executor;
    }
}
