package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TracedFutureTest {

    private final InMemory memory = new InMemory();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        pool.shutdownNow();
        memory.close();
    }

    private static String current() {
        return Tracing.current().spanId();
    }

    /** A stage of one kind, added to a future; it tells what it saw. */
    private record Stage(String name, Function<CompletableFuture<String>, CompletableFuture<String>> add) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static CompletableFuture<String> told(Function<Consumer<String>, CompletableFuture<?>> stage) {
        String[] seen = new String[1];
        return stage.apply(id -> seen[0] = id).thenApply(done -> seen[0]);
    }

    static Stream<Stage> stages() {
        return Stream.of(
                new Stage("thenApply", f -> f.thenApply(v -> current())),
                new Stage("thenApplyAsync", f -> f.thenApplyAsync(v -> current())),
                new Stage("thenAccept", f -> told(tell -> f.thenAccept(v -> tell.accept(current())))),
                new Stage("thenRunAsync", f -> told(tell -> f.thenRunAsync(() -> tell.accept(current())))),
                new Stage("thenCombine", f -> f.thenCombine(f, (a, b) -> current())),
                new Stage("thenAcceptBoth", f -> told(tell -> f.thenAcceptBoth(f, (a, b) -> tell.accept(current())))),
                new Stage("runAfterBoth", f -> told(tell -> f.runAfterBoth(f, () -> tell.accept(current())))),
                new Stage("applyToEither", f -> f.applyToEither(f, v -> current())),
                new Stage("acceptEither", f -> told(tell -> f.acceptEither(f, v -> tell.accept(current())))),
                new Stage("runAfterEither", f -> told(tell -> f.runAfterEither(f, () -> tell.accept(current())))),
                new Stage("thenCompose", f -> f.thenCompose(v -> CompletableFuture.completedFuture(current()))),
                new Stage("whenComplete", f -> told(tell -> f.whenComplete((v, t) -> tell.accept(current())))),
                new Stage("handleAsync", f -> f.handleAsync((v, t) -> current())),
                new Stage("exceptionally", f -> failing(f).exceptionally(t -> current())),
                new Stage(
                        "exceptionallyCompose",
                        f -> failing(f).exceptionallyCompose(t -> CompletableFuture.completedFuture(current()))),
                new Stage("a stage of a stage", f -> f.thenApply(v -> v).thenApply(v -> current())));
    }

    private static CompletableFuture<String> failing(CompletableFuture<String> future) {
        return future.thenApply(v -> {
            throw new IllegalStateException("meant");
        });
    }

    @ParameterizedTest
    @MethodSource("stages")
    void completedElsewhere_theStageHasTheTraceWhereItWasAdded(Stage stage) throws Exception {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> seen;
        String added;
        try (Span root = Tracing.span("root")) {
            seen = stage.add().apply(Tracing.wrapFuture(source));
            added = root.spanId();
        }

        pool.submit(() -> Tracing.run("completer", completer -> source.complete("value")))
                .get(10, TimeUnit.SECONDS);

        assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(added);
        assertThat(pool.submit(Tracing::current).get(10, TimeUnit.SECONDS)).isSameAs(Span.noop());
    }

    @Test
    void completesAsItsSourceDoes() throws Exception {
        CompletableFuture<String> value = new CompletableFuture<>();
        CompletableFuture<String> failed = new CompletableFuture<>();
        CompletableFuture<String> tracedValue = Tracing.wrapFuture(value);
        CompletableFuture<String> tracedFailed = Tracing.wrapFuture(failed);
        IllegalStateException failure = new IllegalStateException("no");
        value.complete("x");
        failed.completeExceptionally(failure);

        assertThat(tracedValue.get()).isEqualTo("x");
        assertThat(catchThrowable(tracedFailed::join))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    void cancelled_reachesItsSource() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> traced = Tracing.wrapFuture(source);

        assertThat(traced.cancel(true)).isTrue();
        assertThat(source).isCancelled();
        assertThat(traced).isCancelled();
    }

    @Test
    void sourceCancelled_isCancelled() {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> traced = Tracing.wrapFuture(source);
        source.cancel(true);

        assertThat(traced).isCancelled();
    }

    @Test
    void wrappedTwice_isTheSame() {
        CompletableFuture<String> traced = Tracing.wrapFuture(new CompletableFuture<>());

        assertThat(Tracing.wrapFuture(traced)).isSameAs(traced);
    }

    @Test
    void asyncStages_runWhereTheSourcesWould() throws Exception {
        CompletableFuture<String> source = new CompletableFuture<>() {
            @Override
            public java.util.concurrent.Executor defaultExecutor() {
                return pool;
            }
        };
        source.complete("x");
        Thread own = pool.submit(Thread::currentThread).get(10, TimeUnit.SECONDS);

        Thread ran = Tracing.wrapFuture(source)
                .thenApply(v -> v)
                .thenApplyAsync(v -> Thread.currentThread())
                .get(10, TimeUnit.SECONDS);

        assertThat(ran).isSameAs(own);
    }

    /** By their parameters, so that the twenty that end in Async are asked as well. */
    @ParameterizedTest
    @MethodSource("everyStage")
    void everyMethodThatTakesCode_runsItWithTheTraceWhereItWasAdded(Method method) throws Exception {
        CompletableFuture<String> source = new CompletableFuture<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        Object stage;
        String added;
        try (Span root = Tracing.span("root")) {
            added = root.spanId();
            Object[] arguments = Stream.of(method.getParameterTypes())
                    .map(type -> argument(type, method.getName(), source, seen))
                    .toArray();
            stage = method.invoke(Tracing.wrapFuture(source), arguments);
        }

        pool.submit(() -> Tracing.run("completer", completer -> {
                    if (method.getName().startsWith("exceptionally")) {
                        source.completeExceptionally(new IllegalStateException("meant"));
                    } else if (!method.getName().equals("completeAsync")) { // completes itself, or never runs its code
                        source.complete("value");
                    }
                }))
                .get(10, TimeUnit.SECONDS);

        assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(added);
        assertThat((CompletableFuture<?>) stage).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(pool.submit(Tracing::current).get(10, TimeUnit.SECONDS)).isSameAs(Span.noop());
    }

    private Object argument(
            Class<?> type, String method, CompletableFuture<String> source, CompletableFuture<String> seen) {
        if (type == Executor.class) {
            return pool;
        }
        if (type == CompletionStage.class) {
            return method.contains("Either") ? new CompletableFuture<>() : source;
        }
        Object result = method.contains("ompose") ? CompletableFuture.completedFuture("result") : "result";
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, given) -> {
            seen.complete(current());
            return called.getReturnType() == void.class ? null : result;
        });
    }

    static Stream<Method> everyStage() {
        return Stream.of(CompletableFuture.class.getMethods())
                .filter(method -> takesCode(method) && !method.isBridge());
    }

    private static boolean takesCode(Method method) {
        return !Modifier.isStatic(method.getModifiers())
                && Stream.of(method.getParameterTypes())
                        .anyMatch(type -> type.getPackageName().equals("java.util.function") || type == Runnable.class);
    }

    /** A JDK that brings a new kind of stage makes this fail, so that it is not forgotten. */
    @Test
    void everyMethodThatTakesCode_isOverridden() {
        assertThat(everyStage())
                .hasSizeGreaterThan(40)
                .allSatisfy(method -> assertThat(TracedFuture.class.getDeclaredMethods())
                        .anyMatch(ours -> ours.getName().equals(method.getName())
                                && Arrays.equals(ours.getParameterTypes(), method.getParameterTypes())));
    }
}
