package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A trace on its way from thread to thread. */
abstract class ThreadCases extends ContractCases {

    ThreadCases(BackendContract contract) {
        super(contract);
    }

    private static void child() {
        Tracing.run("child", child -> {});
    }

    private void assertChildIsBelowRoot() {
        ObservedSpans spans = spans(2);
        assertThat(spans.named("child").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
        assertThat(spans.named("child").traceId()).isEqualTo(spans.named("root").traceId());
    }

    @Test
    void anotherThread_hasNothingCurrentByItself() throws Exception {
        try (Span root = Tracing.span("root")) {
            elsewhere(() -> assertThat(Tracing.current()).isSameAs(Span.noop()));
        }
    }

    @Test
    void activatedElsewhere_spansNestBelow() throws Exception {
        try (Span root = Tracing.span("root")) {
            TraceContext context = Tracing.capture();
            elsewhere(() -> {
                try (Scope scope = context.activate()) {
                    assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
                    child();
                }
            });
        }

        assertChildIsBelowRoot();
    }

    @Test
    void scopeClosedElsewhere_leavesNothingBehind() throws Exception {
        try (Span root = Tracing.span("root")) {
            TraceContext context = Tracing.capture();
            elsewhere(() -> {
                context.activate().close();
                assertThat(Tracing.current()).isSameAs(Span.noop());
            });
        }
    }

    @Test
    void scopeClosed_restoresWhatWasCurrentThere() throws Exception {
        try (Span root = Tracing.span("root")) {
            TraceContext context = Tracing.capture();
            elsewhere(() -> Tracing.run("other", other -> {
                context.run(ThreadCases::child);
                assertThat(Tracing.current().spanId()).isEqualTo(other.spanId());
            }));
        }

        ObservedSpans spans = spans(3);
        assertThat(spans.named("child").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
        assertThat(spans.named("other").traceId())
                .isNotEqualTo(spans.named("root").traceId());
    }

    @Test
    void spanLeakedInAScope_isLeftBehindWithIt() throws Exception {
        try (Span root = Tracing.span("root")) {
            TraceContext context = Tracing.capture();
            elsewhere(() -> {
                context.run(() -> Tracing.span("leaked"));
                assertThat(Tracing.current()).isSameAs(Span.noop());
            });
        }
    }

    @Test
    void nothingCaptured_makesNothingCurrent() {
        TraceContext nothing = Tracing.capture();
        Tracing.run("outer", outer -> {
            nothing.run(() -> {
                assertThat(Tracing.current()).isSameAs(Span.noop());
                Tracing.run("stranger", stranger -> {});
            });
            assertThat(Tracing.current().spanId()).isEqualTo(outer.spanId());
        });

        ObservedSpans spans = spans(2);
        assertThat(spans.named("stranger").parentSpanId()).isNull();
        assertThat(spans.named("stranger").traceId())
                .isNotEqualTo(spans.named("outer").traceId());
    }

    @Test
    void activatedTwiceAtOnce_unwindsOneByOne() {
        TraceContext[] contexts = new TraceContext[2];
        try (Span first = Tracing.span("first")) {
            contexts[0] = Tracing.capture();
        }
        try (Span second = Tracing.span("second")) {
            contexts[1] = Tracing.capture();
            try (Scope outer = contexts[1].activate()) {
                contexts[1].run(() -> assertThat(Tracing.current().spanId()).isEqualTo(second.spanId()));
                assertThat(Tracing.current().spanId()).isEqualTo(second.spanId());
            }
            assertThat(Tracing.current().spanId()).isEqualTo(second.spanId());
        }
    }

    @Test
    void scopeClosedTwice_restoresOnce() {
        Tracing.run("root", root -> {
            Scope scope = Tracing.capture().activate();
            scope.close();
            Tracing.run("child", child -> {
                scope.close();
                assertThat(Tracing.current().spanId()).isEqualTo(child.spanId());
            });
        });
    }

    @Test
    void scopeClosedByAnotherThread_changesNeither() throws Exception {
        try (Span root = Tracing.span("root")) {
            try (Scope scope = Tracing.capture().activate()) {
                elsewhere(() -> Tracing.run("other", other -> {
                    scope.close();
                    assertThat(Tracing.current().spanId()).isEqualTo(other.spanId());
                }));
                assertThat(Tracing.current().spanId()).isEqualTo(root.spanId());
            }
        }
    }

    @Test
    void wrappedRunnable_nests() throws Exception {
        try (Span root = Tracing.span("root")) {
            elsewhere(Tracing.wrap(ThreadCases::child));
        }

        assertChildIsBelowRoot();
    }

    @Test
    void wrappedCallable_nests() throws Exception {
        try (Span root = Tracing.span("root")) {
            Callable<String> wrapped = Tracing.wrapCallable(() -> Tracing.call("child", child -> "result"));
            assertThat(elsewhere(wrapped)).isEqualTo("result");
        }

        assertChildIsBelowRoot();
    }

    @Test
    void wrappedSupplier_nests() throws Exception {
        try (Span root = Tracing.span("root")) {
            Supplier<String> wrapped = Tracing.wrapSupplier(() -> Tracing.call("child", child -> "result"));
            assertThat(elsewhere(wrapped::get)).isEqualTo("result");
        }

        assertChildIsBelowRoot();
    }

    @Test
    void wrappedConsumer_nests() throws Exception {
        try (Span root = Tracing.span("root")) {
            Consumer<String> wrapped = Tracing.wrapConsumer(name -> Tracing.run(name, child -> {}));
            elsewhere(() -> wrapped.accept("child"));
        }

        assertChildIsBelowRoot();
    }

    @Test
    void wrappedFunctions_nest() throws Exception {
        try (Span root = Tracing.span("root")) {
            Function<String, String> one = Tracing.wrapFunction(name -> Tracing.call(name, child -> name));
            BiFunction<String, String, String> two =
                    Tracing.wrapBiFunction((first, second) -> Tracing.call(first + second, child -> first + second));
            assertThat(elsewhere(() -> one.apply("one"))).isEqualTo("one");
            assertThat(elsewhere(() -> two.apply("t", "wo"))).isEqualTo("two");
        }

        ObservedSpans spans = spans(3);
        assertThat(spans.named("one").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
        assertThat(spans.named("two").parentSpanId())
                .isEqualTo(spans.named("root").spanId());
    }

    @Test
    void wrappedExecutor_carriesEachTasksOwnTrace() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            ExecutorService traced = Tracing.wrap(pool);
            try (Span one = Tracing.span("one")) {
                traced.submit(() -> Tracing.run("child of one", child -> {})).get(10, TimeUnit.SECONDS);
            }
            try (Span two = Tracing.span("two")) {
                traced.submit(() -> Tracing.run("child of two", child -> {})).get(10, TimeUnit.SECONDS);
            }
            assertThat(pool.submit(Tracing::current).get(10, TimeUnit.SECONDS)).isSameAs(Span.noop());
        } finally {
            pool.shutdownNow();
        }

        ObservedSpans spans = spans(4);
        assertThat(spans.named("child of one").parentSpanId())
                .isEqualTo(spans.named("one").spanId());
        assertThat(spans.named("child of two").parentSpanId())
                .isEqualTo(spans.named("two").spanId());
    }

    @Test
    void wrappedScheduler_nests() throws Exception {
        ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor();
        try (Span root = Tracing.span("root")) {
            Tracing.wrap(pool)
                    .schedule(ThreadCases::child, 1, TimeUnit.MILLISECONDS)
                    .get(10, TimeUnit.SECONDS);
        } finally {
            pool.shutdownNow();
        }

        assertChildIsBelowRoot();
    }

    @Test
    void oneSpanRecordedOnByManyThreads_keepsAll() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (Span root = Tracing.span("root")) {
            var tasks = java.util.stream.IntStream.range(0, 40)
                    .mapToObj(i -> pool.submit(() -> root.annotation("key_" + i, i)))
                    .toList();
            for (var task : tasks) {
                task.get(10, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(spans(1).only().annotations())
                .hasSizeGreaterThanOrEqualTo(40)
                .containsEntry("key_39", 39L);
    }

    @Test
    void manyThreadsBelowOneRoot_allArrive() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (Span root = Tracing.span("root")) {
            ExecutorService traced = Tracing.wrap(pool);
            var tasks = java.util.stream.IntStream.range(0, 100)
                    .mapToObj(i -> traced.submit(() -> Tracing.run("task " + i, task -> {})))
                    .toList();
            for (var task : tasks) {
                task.get(10, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        ObservedSpans spans = spans(101);
        String root = spans.named("root").spanId();
        assertThat(spans.all().stream().filter(span -> root.equals(span.parentSpanId())))
                .hasSize(100);
    }
}
