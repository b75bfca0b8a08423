package io.spanloom;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Wraps each task on its way in; a repeated one runs every time with what was current where it was scheduled. */
final class TracingScheduledExecutorService extends TracingExecutorService implements ScheduledExecutorService {

    private final ScheduledExecutorService scheduler;

    TracingScheduledExecutorService(ScheduledExecutorService scheduler) {
        super(scheduler);
        this.scheduler = scheduler;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return scheduler.schedule(TracedRunnable.submitted(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return scheduler.schedule(TracedCallable.of(callable), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return scheduler.scheduleAtFixedRate(TracedRunnable.submitted(command), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return scheduler.scheduleWithFixedDelay(TracedRunnable.submitted(command), initialDelay, delay, unit);
    }
}
