package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** A wrapped executor is the executor: what its user sees of results, failures and shutdown is the same. */
class WrappedExecutorTest {

    private final InMemory memory = new InMemory();
    private final ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private Span root = Span.noop();

    @BeforeEach
    void openRoot() {
        root = Tracing.span("root");
    }

    @AfterEach
    void close() {
        root.close();
        pool.shutdownNow();
        scheduler.shutdownNow();
        memory.close();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static String current() {
        return Tracing.current().spanId();
    }

    @Test
    void everyWayIn_carriesTheTrace() throws Exception {
        ScheduledExecutorService traced = Tracing.wrap(scheduler);
        List<String> seen = new ArrayList<>();
        FutureTask<String> executed = new FutureTask<>(WrappedExecutorTest::current);
        traced.execute(executed);
        seen.add(get(executed));
        seen.add(get(traced.submit(WrappedExecutorTest::current)));
        List<String> told = new ArrayList<>();
        get(traced.submit(() -> told.add(current()), "done"));
        Runnable task = () -> told.add(current());
        get(traced.submit(task));
        List<Callable<String>> all = List.of(WrappedExecutorTest::current, WrappedExecutorTest::current);
        for (Future<String> each : traced.invokeAll(all)) {
            seen.add(get(each));
        }
        for (Future<String> each : traced.invokeAll(all, 10, TimeUnit.SECONDS)) {
            seen.add(get(each));
        }
        seen.add(traced.invokeAny(all));
        seen.add(traced.invokeAny(all, 10, TimeUnit.SECONDS));
        seen.add(get(traced.schedule(WrappedExecutorTest::current, 1, TimeUnit.MILLISECONDS)));
        get(traced.schedule(task, 1, TimeUnit.MILLISECONDS));
        seen.addAll(told);

        assertThat(seen).hasSize(12).containsOnly(root.spanId());
    }

    @Test
    void repeatedTask_hasTheTraceEveryTime() throws Exception {
        CountDownLatch runs = new CountDownLatch(6);
        List<String> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        Runnable task = () -> {
            seen.add(current());
            Tracing.span("never closed");
            runs.countDown();
        };
        ScheduledExecutorService traced = Tracing.wrap(scheduler);
        ScheduledFuture<?> rate = traced.scheduleAtFixedRate(task, 0, 1, TimeUnit.MILLISECONDS);
        ScheduledFuture<?> delay = traced.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MILLISECONDS);

        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
        rate.cancel(false);
        delay.cancel(false);
        assertThat(seen).containsOnly(root.spanId());
        assertThat(get(scheduler.submit(Tracing::current))).isSameAs(Span.noop());
    }

    @Test
    void exception_isTheSameObject() {
        IllegalStateException failure = new IllegalStateException("no");

        Future<?> future = Tracing.wrap(pool).submit((Callable<Void>) () -> {
            throw failure;
        });

        assertThatThrownBy(() -> get(future))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    void cancelled_interruptsTheTaskAndLeavesTheThreadClean() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Future<?> future = Tracing.wrap((ExecutorService) pool).submit(() -> {
            Tracing.span("never closed");
            running.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
        });
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(future.cancel(true)).isTrue();

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(catchThrowable(() -> get(future))).isInstanceOf(CancellationException.class);
        assertThat(get(pool.submit(Tracing::current))).isSameAs(Span.noop());
    }

    @Test
    void future_isTheExecutorsOwn() {
        Object submitted = Tracing.wrap(pool).submit(() -> "x");
        Object scheduled = Tracing.wrap(scheduler).schedule(() -> "x", 1, TimeUnit.DAYS);

        assertThat(submitted).hasSameClassAs(pool.submit(() -> "x"));
        assertThat(scheduled).hasSameClassAs(scheduler.schedule(() -> "x", 1, TimeUnit.DAYS));
    }

    @Test
    void shutdownNow_givesTheTasksAsTheyWereHandedIn() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        ExecutorService traced = Tracing.wrap((ExecutorService) pool);
        traced.execute(() -> {
            running.countDown();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        Runnable plain = () -> {};
        Runnable wrapped = Tracing.wrap((Runnable) () -> {});
        traced.execute(plain);
        traced.execute(wrapped);

        assertThat(traced.shutdownNow()).containsExactly(plain, wrapped);
        assertThat(traced.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(traced.isShutdown()).isTrue();
        assertThat(traced.isTerminated()).isTrue();
    }

    @Test
    void rejected_isSaidByTheExecutorAndLeavesTheCallerAsItWas() {
        ExecutorService traced = Tracing.wrap((ExecutorService) pool);
        traced.shutdown();

        assertThatThrownBy(() -> traced.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(current()).isEqualTo(root.spanId());
    }

    @Test
    void nullTask_isRefusedAsByTheExecutor() {
        ExecutorService traced = Tracing.wrap((ExecutorService) pool);

        assertThatThrownBy(() -> traced.execute(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> traced.submit((Callable<?>) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> traced.invokeAll(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void wrappedTwice_isTheSame() {
        ExecutorService once = Tracing.wrap((ExecutorService) pool);
        Runnable task = Tracing.wrap((Runnable) () -> {});
        Callable<String> callable = Tracing.wrapCallable(() -> "x");

        assertThat(Tracing.wrap(once)).isSameAs(once);
        assertThat(Tracing.wrap((Executor) once)).isSameAs(once);
        assertThat(Tracing.wrap(task)).isSameAs(task);
        assertThat(Tracing.wrapCallable(callable)).isSameAs(callable);
    }

    @Test
    void wrappedTask_keepsItsOwnTraceInAWrappedExecutor() throws Exception {
        Callable<String> ofRoot = Tracing.wrapCallable(WrappedExecutorTest::current);
        try (Span other = Tracing.segment("other")) {
            assertThat(get(Tracing.wrap((ExecutorService) pool).submit(ofRoot))).isEqualTo(root.spanId());
        }
    }

    @Test
    void wrapped_isWhatTheExecutorIs() {
        assertThat(Tracing.wrap((Executor) scheduler)).isInstanceOf(ScheduledExecutorService.class);
        assertThat(Tracing.wrap((ExecutorService) scheduler)).isInstanceOf(ScheduledExecutorService.class);
        assertThat(Tracing.wrap((Executor) Runnable::run)).isNotInstanceOf(ExecutorService.class);
    }

    @Test
    void unwrapped_isTheExecutorItself() {
        assertThat(Tracing.unwrap(Tracing.wrap((ExecutorService) pool))).isSameAs(pool);
        assertThat(Tracing.unwrap(Tracing.wrap(scheduler))).isSameAs(scheduler);
        assertThat(Tracing.unwrap(pool)).isSameAs(pool);
    }

    @Test
    void toString_namesWhatIsWrapped() {
        assertThat(Tracing.wrap((ExecutorService) pool)).hasToString("traced " + pool);
        assertThat(Tracing.wrap((Runnable) new NamedTask())).hasToString("traced load the cart");
    }

    private static final class NamedTask implements Runnable {
        @Override
        public void run() {}

        @Override
        public String toString() {
            return "load the cart";
        }
    }

    private record Ranked(int rank, List<Integer> order) implements Runnable, Comparable<Ranked> {
        @Override
        public void run() {
            order.add(rank);
        }

        @Override
        public int compareTo(Ranked other) {
            return Integer.compare(rank, other.rank);
        }
    }

    @Test
    void priorityQueue_ordersWrappedTasksAsItWouldOrderThem() throws Exception {
        ThreadPoolExecutor ranked = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>());
        CountDownLatch go = new CountDownLatch(1);
        List<Integer> order = new ArrayList<>();
        try {
            ExecutorService traced = Tracing.wrap((ExecutorService) ranked);
            traced.execute(() -> {
                try {
                    go.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int rank : new int[] {3, 1, 2}) {
                traced.execute(new Ranked(rank, order));
            }
            go.countDown();
            traced.shutdown();
            assertThat(traced.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            ranked.shutdownNow();
        }

        assertThat(order).containsExactly(1, 2, 3);
    }

    @Test
    void off_tasksAreNotTouched() {
        try (InMemory off = new InMemory(TracingConfig.BACKEND, "none")) {
            Runnable task = () -> {};
            Callable<String> callable = () -> "x";
            assertThat(Tracing.wrap(task)).isSameAs(task);
            assertThat(Tracing.wrapCallable(callable)).isSameAs(callable);
        }
    }

    @Test
    void directExecutor_runsOnTheCallerAndRestoresItsTrace() {
        Executor direct = Tracing.wrap((Executor) Runnable::run);
        direct.execute(() -> Tracing.span("never closed"));

        assertThat(current()).isEqualTo(root.spanId());
    }

    @Test
    void nestedWrappedExecutors_unwindOneByOne() throws Exception {
        ExecutorService inner = Executors.newSingleThreadExecutor();
        try {
            ExecutorService outerTraced = Tracing.wrap((ExecutorService) pool);
            ExecutorService innerTraced = Tracing.wrap(inner);
            String seen = get(outerTraced.submit(() -> Tracing.call("middle", middle -> {
                String below = get(innerTraced.submit(WrappedExecutorTest::current));
                return below.equals(middle.spanId()) && current().equals(middle.spanId()) ? "nested" : below;
            })));

            assertThat(seen).isEqualTo("nested");
            assertThat(get(inner.submit(Tracing::current))).isSameAs(Span.noop());
            assertThat(get(pool.submit(Tracing::current))).isSameAs(Span.noop());
        } finally {
            inner.shutdownNow();
        }
    }

    @Test
    void threadFactory_givesThreadsTheTraceOfTheirMaking() throws Exception {
        String[] seen = new String[1];
        Thread thread = Tracing.wrapThreadFactory(Thread::new).newThread(() -> seen[0] = current());
        thread.start();
        thread.join(10_000);

        assertThat(seen[0]).isEqualTo(root.spanId());
    }

    @Test
    void timerTask_hasTheTraceAndIsCancelledByItself() throws Exception {
        Timer timer = new Timer(true);
        try {
            FutureTask<String> task = new FutureTask<>(WrappedExecutorTest::current);
            TimerTask traced = Tracing.wrapTimerTask(task);
            timer.schedule(traced, 1);
            assertThat(get(task)).isEqualTo(root.spanId());

            TimerTask later = Tracing.wrapTimerTask(() -> {});
            timer.schedule(later, 1_000_000);
            assertThat(later.cancel()).isTrue();

            FutureTask<Span> after = new FutureTask<>(Tracing::current);
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            after.run();
                        }
                    },
                    1);
            assertThat(get(after)).isSameAs(Span.noop());
        } finally {
            timer.cancel();
        }
    }

    @Test
    void parallelStream_everyElementHasTheTrace() {
        List<String> seen = IntStream.range(0, 1_000)
                .boxed()
                .parallel()
                .map(Tracing.wrapFunction(i -> {
                    Tracing.span("never closed");
                    return Tracing.current().traceId();
                }))
                .toList();

        assertThat(seen).hasSize(1_000).containsOnly(root.traceId());
        assertThat(current()).isEqualTo(root.spanId());
        List<Span> after = IntStream.range(0, 1_000)
                .parallel()
                .mapToObj(i -> Tracing.current())
                .filter(span -> span != Span.noop() && !span.spanId().equals(root.spanId()))
                .toList();
        assertThat(after).isEmpty();
    }

    @Test
    void forkJoinPool_carriesTheTrace() throws Exception {
        ForkJoinPool fork = new ForkJoinPool(2);
        try {
            ExecutorService traced = Tracing.wrap((ExecutorService) fork);
            assertThat(get(traced.submit(WrappedExecutorTest::current))).isEqualTo(root.spanId());
            List<Callable<String>> one = List.of(WrappedExecutorTest::current);
            assertThat(traced.invokeAny(one)).isEqualTo(root.spanId());
        } finally {
            fork.shutdownNow();
        }
    }

    @Test
    void shutDown_isTheExecutorsOwn() throws Exception {
        ExecutorService traced = Tracing.wrap((ExecutorService) pool);
        CountDownLatch hold = new CountDownLatch(1);
        traced.execute(() -> {
            try {
                hold.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(traced.isShutdown()).isFalse();

        traced.shutdown();

        assertThat(traced.isShutdown()).isTrue();
        assertThat(traced.isTerminated()).isFalse();
        assertThat(traced.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        hold.countDown();
        assertThat(traced.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(traced.isTerminated()).isTrue();
    }

    /** The method is there on every JDK, for code that was compiled for a newer one. */
    @Test
    void closed_shutsTheExecutorDown() {
        TracingExecutorService traced = new TracingExecutorService(pool);

        traced.close();

        assertThat(pool.isShutdown()).isTrue();
    }

    private static void close(Object executor) throws Exception {
        try {
            ExecutorService.class.getMethod("close").invoke(executor);
        } catch (InvocationTargetException thrown) {
            throw (Exception) thrown.getCause();
        }
    }

    @Test
    @EnabledForJreRange(minVersion = 19)
    void closedOnNewJdks_waitsForTheTasks() throws Exception {
        AtomicInteger done = new AtomicInteger();
        ExecutorService traced = Tracing.wrap((ExecutorService) pool);
        for (int i = 0; i < 10; i++) {
            traced.execute(done::incrementAndGet);
        }

        close(traced);

        assertThat(done).hasValue(10);
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    @EnabledForJreRange(minVersion = 19)
    void commonPoolClosedOnNewJdks_staysOpenAsByItself() throws Exception {
        close(Tracing.wrap((ExecutorService) ForkJoinPool.commonPool()));

        assertThat(ForkJoinPool.commonPool().isShutdown()).isFalse();
    }

    @Test
    @EnabledForJreRange(minVersion = 21)
    void virtualThreads_carryTheTrace() throws Exception {
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        FutureTask<String> started = new FutureTask<>(WrappedExecutorTest::current);
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, Tracing.wrap(started));
        ExecutorService traced = Tracing.wrap(virtual);
        List<Future<String>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(traced.submit(WrappedExecutorTest::current));
        }

        assertThat(get(started)).isEqualTo(root.spanId());
        for (Future<String> each : all) {
            assertThat(get(each)).isEqualTo(root.spanId());
        }
        close(traced);
        assertThat(virtual.isTerminated()).isTrue();
    }
}
