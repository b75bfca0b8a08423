package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Programs with asynchronous work that users of the X-Ray SDK reported as broken, with the number of each report
 * (aws/aws-xray-sdk-java). What they do on the SDK alone is in the test of its backend.
 */
abstract class HandedOverCases extends ContractCases {

    HandedOverCases(BackendContract contract) {
        super(contract);
    }

    private static <P extends ExecutorService, T extends @Nullable Object> T on(P pool, Function<P, T> program)
            throws Exception {
        try {
            return program.apply(pool);
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void report132and335_chainOfFutures_isOneTraceAndEachSpanOnce() throws Exception {
        on(
                Executors.newFixedThreadPool(2),
                pool -> Tracing.call("root", root -> {
                    ExecutorService traced = Tracing.wrap(pool);
                    return CompletableFuture.supplyAsync(() -> Tracing.call("load", span -> 1), traced)
                            .thenApplyAsync(
                                    Tracing.wrapFunction(value -> Tracing.call("convert", span -> value + 1)), traced)
                            .join();
                }));

        ObservedSpans spans = spans(3);
        String root = spans.named("root").spanId();
        assertThat(spans.named("load").parentSpanId()).isEqualTo(root);
        assertThat(spans.named("convert").parentSpanId()).isEqualTo(root);
    }

    @Test
    void report132_futureOfATracedCall_endsOnThePoolWhereItCompletes() throws Exception {
        CompletableFuture<Integer> loaded = on(
                Executors.newFixedThreadPool(2),
                pool -> Tracing.call(
                        "root",
                        root -> Tracing.call(
                                "load",
                                span -> CompletableFuture.supplyAsync(
                                        () -> Tracing.call("query", query -> 1), Tracing.wrap(pool)))));

        assertThat(loaded).isCompletedWithValue(1);
        ObservedSpans spans = spans(3);
        assertThat(spans.named("query").parentSpanId())
                .isEqualTo(spans.named("load").spanId());
        assertThat(spans.named("load").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    @Test
    void report227_taskThatEndsAfterTheResponse_losesNothing() throws Exception {
        CountDownLatch responded = new CountDownLatch(1);
        on(Executors.newSingleThreadExecutor(), pool -> {
            Tracing.run(
                    "root",
                    root -> Tracing.wrap(pool)
                            .execute(() -> Tracing.run("task", task -> {
                                try {
                                    assertThat(responded.await(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                                            .isTrue();
                                } catch (InterruptedException interrupted) {
                                    throw new AssertionError(interrupted);
                                }
                            })));
            responded.countDown();
            return null;
        });

        ObservedSpans spans = spans(2);
        assertThat(spans.named("task").traceId()).isEqualTo(spans.named("root").traceId());
        assertThat(spans.named("task").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    @Test
    void report260_executor_carriesTheSpanThatIsCurrentNotTheRoot() throws Exception {
        on(
                Executors.newSingleThreadExecutor(),
                pool -> Tracing.call(
                        "root",
                        root -> Tracing.call(
                                "outer",
                                outer -> CompletableFuture.runAsync(
                                                () -> Tracing.run("inner", inner -> {}), Tracing.wrap(pool))
                                        .join())));

        ObservedSpans spans = spans(3);
        assertThat(spans.named("inner").parentSpanId())
                .isEqualTo(spans.named("outer").spanId());
    }

    @Test
    void report347_wrappedExecutor_runsTasksOnItsOwnThreadsAndDoesNotBlock() throws Exception {
        AtomicReference<@Nullable Thread> ran = new AtomicReference<>();
        CountDownLatch submitted = new CountDownLatch(1);
        on(Executors.newSingleThreadExecutor(), pool -> {
            Tracing.run(
                    "root",
                    root -> Tracing.wrap(pool).execute(() -> {
                        try {
                            submitted.await();
                        } catch (InterruptedException interrupted) {
                            throw new AssertionError(interrupted);
                        }
                        ran.set(Thread.currentThread());
                    }));
            submitted.countDown(); // never reached where the caller has to wait for its task
            return null;
        });

        assertThat(ran.get()).isNotNull().isNotSameAs(Thread.currentThread());
        spans(1);
    }

    @Test
    void report355_parallelStream_everyCallFindsItsTraceAndNothingStaysOnThePool() throws Exception {
        int calls = 200;
        on(new ForkJoinPool(3), pool -> {
            Tracing.run("root", root -> {
                TraceContext context = Tracing.capture();
                pool.submit(() -> IntStream.range(0, calls)
                                .parallel()
                                .forEach(i -> context.run(() -> Tracing.run("call", call -> {}))))
                        .join();
            });
            pool.submit(() -> IntStream.range(0, calls)
                            .parallel()
                            .forEach(i -> assertThat(Tracing.current()).isSameAs(Span.noop())))
                    .join();
            return null;
        });

        ObservedSpans spans = spans(calls + 1);
        String root = spans.named("root").spanId();
        assertThat(spans.all())
                .filteredOn(span -> span.name().equals("call"))
                .hasSize(calls)
                .allSatisfy(span -> assertThat(span.parentSpanId()).isEqualTo(root));
    }
}
