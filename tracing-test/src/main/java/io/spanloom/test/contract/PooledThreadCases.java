package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a task that was handed over did to its thread: afterwards nothing of it is current there. */
abstract class PooledThreadCases extends ContractCases {

    PooledThreadCases(BackendContract contract) {
        super(contract);
    }

    @Override
    boolean concernsTheApplicationAlone() {
        return true;
    }

    /** What a task does with the span that is current around it. */
    @FunctionalInterface
    interface Deed {
        void with(Span submitter) throws Exception;
    }

    /** A deed and its name in a report. */
    record Task(String name, Deed deed) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Task> hostileTasks() {
        return Stream.of(
                new Task("opens a span and never closes it", submitter -> Tracing.span("open")),
                new Task("opens many and closes none", submitter -> {
                    for (int i = 0; i < 20; i++) {
                        Tracing.span("open " + i);
                    }
                }),
                new Task("opens a segment and never closes it", submitter -> Tracing.segment("open")),
                new Task("closes out of order", submitter -> {
                    Span outer = Tracing.span("outer");
                    Span inner = Tracing.span("inner");
                    outer.close();
                    Tracing.span("open");
                    inner.close();
                }),
                new Task("closes the span of its submitter", Span::close),
                new Task("has another thread close its span", submitter -> {
                    Span mine = Tracing.span("mine");
                    elsewhere(() -> mine.close());
                }),
                new Task("has another thread close one of two", submitter -> {
                    Span outer = Tracing.span("outer");
                    Tracing.span("inner");
                    elsewhere(() -> outer.close());
                }),
                new Task("throws with a span open", submitter -> {
                    Tracing.span("open");
                    throw new IllegalStateException("meant");
                }),
                new Task("throws an error with a scope open", submitter -> {
                    Tracing.capture().activate();
                    Tracing.span("open");
                    throw new AssertionError("meant");
                }),
                new Task("leaves a scope open", submitter -> Tracing.capture().activate()),
                new Task("closes its scopes in the wrong order", submitter -> {
                    Scope outer = Tracing.capture().activate();
                    Tracing.span("between");
                    Scope inner = Tracing.capture().activate();
                    outer.close();
                    inner.close();
                }),
                new Task("makes a context current for good", submitter -> {
                    Tracing.span("open");
                    Tracing.capture().makeCurrent();
                }),
                new Task("clears what is current for good", submitter -> {
                    TraceContext.clear();
                    Tracing.span("stranger");
                }),
                new Task(
                        "detaches a span and forgets it",
                        submitter -> Tracing.span("late").detach()),
                new Task("interrupts itself with a span open", submitter -> {
                    Tracing.span("open");
                    Thread.currentThread().interrupt();
                }));
    }

    @ParameterizedTest
    @MethodSource("hostileTasks")
    void taskOfAPool_leavesItsThreadClean(Task task) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Span root = Tracing.span("root")) {
            runToItsEnd(Tracing.wrap(pool), task, root);
            assertClean(pool);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("hostileTasks")
    void taskOfAForkJoinPool_leavesItsThreadClean(Task task) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        try (Span root = Tracing.span("root")) {
            runToItsEnd(Tracing.wrap((ExecutorService) pool), task, root);
            assertClean(pool);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("hostileTasks")
    void taskOfAScheduler_leavesItsThreadClean(Task task) throws Exception {
        ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor();
        try (Span root = Tracing.span("root")) {
            CountDownLatch runs = new CountDownLatch(2);
            Future<?> repeated = Tracing.wrap(pool)
                    .scheduleWithFixedDelay(
                            () -> {
                                runs.countDown();
                                quietly(task, root);
                            },
                            0,
                            1,
                            TimeUnit.MILLISECONDS);
            assertThat(runs.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            repeated.cancel(false);
            assertClean(pool);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("hostileTasks")
    void taskThatItsSubmitterRuns_leavesTheSubmittersSpanCurrent(Task task) throws Exception {
        try (Span root = Tracing.span("root")) {
            Tracing.wrap((java.util.concurrent.Executor) Runnable::run).execute(() -> quietly(task, Span.noop()));
            Thread.interrupted(); // one of the tasks did that to this thread
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
        }
        assertThat(libraryCurrent()).as("what the library itself has current").isNull();
    }

    @ParameterizedTest
    @MethodSource("hostileTasks")
    void continuationOfAFuture_leavesTheCompletersThreadClean(Task task) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Span root = Tracing.span("root")) {
            CompletableFuture<String> source = new CompletableFuture<>();
            CompletableFuture<String> done = Tracing.wrapFuture(source).thenApply(value -> {
                quietly(task, root);
                return value;
            });
            pool.submit(() -> source.complete("value")).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            assertThat(done.get(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("value");
            assertClean(pool);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void callerRuns_submittersSpanStaysCurrentAndPoolIsClean() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.CallerRunsPolicy());
        CountDownLatch go = new CountDownLatch(1);
        try (Span root = Tracing.span("root")) {
            ExecutorService traced = Tracing.wrap((ExecutorService) pool);
            for (int i = 0; i < 2; i++) {
                traced.execute(() -> {
                    Tracing.span("open");
                    awaitQuietly(go);
                });
            }
            traced.execute(() -> Tracing.span("open in the caller"));
            assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
            go.countDown();
            awaitQueued(pool);
            assertClean(pool);
        } finally {
            go.countDown();
            pool.shutdownNow();
        }
    }

    @Test
    void cancelledWhileItRuns_leavesItsThreadClean() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        CountDownLatch running = new CountDownLatch(1);
        try (Span root = Tracing.span("root")) {
            Future<?> future = Tracing.wrap(pool).submit(() -> {
                Tracing.span("open");
                running.countDown();
                awaitQuietly(new CountDownLatch(1));
            });
            assertThat(running.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            future.cancel(true);
            assertClean(pool);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void rootClosedWhileTheTaskRuns_leavesItsThreadClean() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try {
            Span root = Tracing.span("root");
            Future<?> future = Tracing.wrap(pool).submit(() -> {
                running.countDown();
                awaitQuietly(closed);
                Tracing.span("late and open");
            });
            assertThat(running.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            root.close();
            closed.countDown();
            future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            assertClean(pool);
        } finally {
            closed.countDown();
            pool.shutdownNow();
        }
    }

    @Test
    void pooledTaskBelowAnother_unwindsBoth() throws Exception {
        ExecutorService outer = Executors.newSingleThreadExecutor();
        ExecutorService inner = Executors.newSingleThreadExecutor();
        try (Span root = Tracing.span("root")) {
            Tracing.wrap(outer)
                    .submit(() -> {
                        Tracing.span("open outside");
                        Tracing.wrap(inner)
                                .submit(() -> Tracing.span("open inside"))
                                .get(10, TimeUnit.SECONDS);
                        return null;
                    })
                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            assertClean(outer);
            assertClean(inner);
        } finally {
            outer.shutdownNow();
            inner.shutdownNow();
        }
    }

    @Test
    void reconfiguredWhileTheTaskRuns_leavesItsThreadClean() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch off = new CountDownLatch(1);
        try (Span root = Tracing.span("root")) {
            Future<?> future = Tracing.wrap(pool).submit(() -> {
                Tracing.span("open");
                running.countDown();
                awaitQuietly(off);
            });
            assertThat(running.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            try (Scope none = Tracing.override(
                    io.spanloom.TracingConfig.builder().alone().backend("none").build())) {
                off.countDown();
                future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            }
            assertClean(pool);
        } finally {
            off.countDown();
            pool.shutdownNow();
        }
    }

    @Test
    void parallelStream_leavesTheWorkersClean() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(3);
        try (Span root = Tracing.span("root")) {
            var element = Tracing.<Integer, String>wrapFunction(
                    i -> Tracing.span("open").traceId());
            List<String> seen = pool.submit(() -> IntStream.range(0, 200)
                            .boxed()
                            .parallel()
                            .map(element)
                            .distinct()
                            .toList())
                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

            assertThat(seen).containsExactly(root.traceId());
            for (int i = 0; i < 12; i++) {
                assertClean(pool);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void runToItsEnd(ExecutorService traced, Task task, Span submitter) throws Exception {
        traced.submit(() -> quietly(task, submitter)).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        try {
            traced.submit(() -> {
                        task.deed().with(submitter);
                        return null;
                    })
                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException theirs) {
            assertThat(theirs).hasRootCauseMessage("meant"); // a fork-join pool puts one of its own between
        }
    }

    /** A full queue would have the next task run on this thread, too. */
    private static void awaitQueued(ThreadPoolExecutor pool) {
        long until = System.nanoTime() + DEADLINE.toNanos();
        while (!pool.getQueue().isEmpty() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static void quietly(Task task, Span submitter) {
        try {
            task.deed().with(submitter);
        } catch (Exception | AssertionError meant) {
            assertThat(meant).hasMessage("meant");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks on a thread of the pool, without any wrapping. */
    private void assertClean(ExecutorService pool) throws Exception {
        record Left(Span current, @Nullable Object library) {}
        Left left = pool.submit(() -> new Left(Tracing.current(), libraryCurrent()))
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(left.current()).as("current on the pooled thread").isSameAs(Span.noop());
        assertThat(left.library())
                .as("what the library itself has current there")
                .isNull();
    }
}
