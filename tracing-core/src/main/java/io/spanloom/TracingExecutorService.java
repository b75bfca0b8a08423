package io.spanloom;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Wraps each task on its way in; everything else is the executor's own. */
class TracingExecutorService extends TracingExecutor implements ExecutorService {

    private final ExecutorService executor;

    TracingExecutorService(ExecutorService executor) {
        super(executor);
        this.executor = executor;
    }

    private static <T> List<Callable<T>> wrapAll(Collection<? extends Callable<T>> tasks) {
        List<Callable<T>> wrapped = new ArrayList<>(tasks.size());
        for (Callable<T> task : tasks) {
            wrapped.add(TracedCallable.of(task));
        }
        return wrapped;
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        return executor.submit(TracedCallable.of(task));
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        return executor.submit(TracedRunnable.submitted(task), result);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return executor.submit(TracedRunnable.submitted(task));
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return executor.invokeAll(wrapAll(tasks));
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return executor.invokeAll(wrapAll(tasks), timeout, unit);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        return executor.invokeAny(wrapAll(tasks));
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return executor.invokeAny(wrapAll(tasks), timeout, unit);
    }

    @Override
    public void shutdown() {
        executor.shutdown();
    }

    /** Those that were executed are the application's own objects again; those that were submitted are futures anyway. */
    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> handedIn = new ArrayList<>();
        for (Runnable task : executor.shutdownNow()) {
            handedIn.add(TracedRunnable.handedIn(task));
        }
        return handedIn;
    }

    /**
     * Overrides {@code ExecutorService.close()} where there is one (JDK 19). Its default would wait for the end of an
     * executor that never ends, such as the common pool, whose own does not.
     */
    @SuppressWarnings("MissingOverride") // not on JDK 17
    public void close() {
        if (executor instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException theirs) {
                throw theirs;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible); // ExecutorService.close declares none
            }
        } else {
            executor.shutdown();
        }
    }

    @Override
    public boolean isShutdown() {
        return executor.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return executor.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return executor.awaitTermination(timeout, unit);
    }
}
