package io.spanloom;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A future whose stages run with what was current where they were added. Threads are chosen as the source chooses them.
 */
final class TracedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    /** What this one follows; null for a stage. */
    private final @Nullable CompletableFuture<T> source;

    private final Executor executor;

    private TracedFuture(@Nullable CompletableFuture<T> source, Executor executor) {
        this.source = source;
        this.executor = executor;
    }

    static <T extends @Nullable Object> CompletableFuture<T> of(CompletableFuture<T> source) {
        if (source instanceof TracedFuture) {
            return source;
        }
        TracedFuture<T> future = new TracedFuture<>(source, source.defaultExecutor());
        source.whenComplete((value, thrown) -> {
            if (thrown == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(thrown);
            }
        });
        return future;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new TracedFuture<>(null, executor);
    }

    @Override
    public Executor defaultExecutor() {
        return executor;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (source != null) {
            source.cancel(mayInterruptIfRunning);
        }
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor on) {
        return super.completeAsync(Tracing.wrapSupplier(supplier::get), on);
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
        return super.completeAsync(Tracing.wrapSupplier(supplier::get));
    }

    @Override
    public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> fn) {
        return super.thenApply(Tracing.<T, U>wrapFunction(fn::apply));
    }

    @Override
    public <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> fn) {
        return super.thenApplyAsync(Tracing.<T, U>wrapFunction(fn::apply));
    }

    @Override
    public <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> fn, Executor on) {
        return super.thenApplyAsync(Tracing.<T, U>wrapFunction(fn::apply), on);
    }

    @Override
    public CompletableFuture<Void> thenAccept(Consumer<? super T> action) {
        return super.thenAccept(Tracing.wrapConsumer(action));
    }

    @Override
    public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> action) {
        return super.thenAcceptAsync(Tracing.wrapConsumer(action));
    }

    @Override
    public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> action, Executor on) {
        return super.thenAcceptAsync(Tracing.wrapConsumer(action), on);
    }

    @Override
    public CompletableFuture<Void> thenRun(Runnable action) {
        return super.thenRun(Tracing.wrap(action));
    }

    @Override
    public CompletableFuture<Void> thenRunAsync(Runnable action) {
        return super.thenRunAsync(Tracing.wrap(action));
    }

    @Override
    public CompletableFuture<Void> thenRunAsync(Runnable action, Executor on) {
        return super.thenRunAsync(Tracing.wrap(action), on);
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
        return super.thenCombine(other, Tracing.<T, U, V>wrapBiFunction(fn::apply));
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
        return super.thenCombineAsync(other, Tracing.<T, U, V>wrapBiFunction(fn::apply));
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn, Executor on) {
        return super.thenCombineAsync(other, Tracing.<T, U, V>wrapBiFunction(fn::apply), on);
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return super.thenAcceptBoth(other, Tracing.wrapBiConsumer(action));
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return super.thenAcceptBothAsync(other, Tracing.wrapBiConsumer(action));
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action, Executor on) {
        return super.thenAcceptBothAsync(other, Tracing.wrapBiConsumer(action), on);
    }

    @Override
    public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
        return super.runAfterBoth(other, Tracing.wrap(action));
    }

    @Override
    public CompletableFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action) {
        return super.runAfterBothAsync(other, Tracing.wrap(action));
    }

    @Override
    public CompletableFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action, Executor on) {
        return super.runAfterBothAsync(other, Tracing.wrap(action), on);
    }

    @Override
    public <U> CompletableFuture<U> applyToEither(CompletionStage<? extends T> other, Function<? super T, U> fn) {
        return super.applyToEither(other, Tracing.<T, U>wrapFunction(fn::apply));
    }

    @Override
    public <U> CompletableFuture<U> applyToEitherAsync(CompletionStage<? extends T> other, Function<? super T, U> fn) {
        return super.applyToEitherAsync(other, Tracing.<T, U>wrapFunction(fn::apply));
    }

    @Override
    public <U> CompletableFuture<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> fn, Executor on) {
        return super.applyToEitherAsync(other, Tracing.<T, U>wrapFunction(fn::apply), on);
    }

    @Override
    public CompletableFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return super.acceptEither(other, Tracing.wrapConsumer(action));
    }

    @Override
    public CompletableFuture<Void> acceptEitherAsync(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return super.acceptEitherAsync(other, Tracing.wrapConsumer(action));
    }

    @Override
    public CompletableFuture<Void> acceptEitherAsync(
            CompletionStage<? extends T> other, Consumer<? super T> action, Executor on) {
        return super.acceptEitherAsync(other, Tracing.wrapConsumer(action), on);
    }

    @Override
    public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action) {
        return super.runAfterEither(other, Tracing.wrap(action));
    }

    @Override
    public CompletableFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action) {
        return super.runAfterEitherAsync(other, Tracing.wrap(action));
    }

    @Override
    public CompletableFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action, Executor on) {
        return super.runAfterEitherAsync(other, Tracing.wrap(action), on);
    }

    @Override
    public <U> CompletableFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> fn) {
        return super.thenCompose(Tracing.<T, CompletionStage<U>>wrapFunction(fn::apply));
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> fn) {
        return super.thenComposeAsync(Tracing.<T, CompletionStage<U>>wrapFunction(fn::apply));
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> fn, Executor on) {
        return super.thenComposeAsync(Tracing.<T, CompletionStage<U>>wrapFunction(fn::apply), on);
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
        return super.whenComplete(Tracing.wrapBiConsumer(action));
    }

    @Override
    public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action) {
        return super.whenCompleteAsync(Tracing.wrapBiConsumer(action));
    }

    @Override
    public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> action, Executor on) {
        return super.whenCompleteAsync(Tracing.wrapBiConsumer(action), on);
    }

    @Override
    public <U> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> fn) {
        return super.handle(Tracing.<T, Throwable, U>wrapBiFunction(fn::apply));
    }

    @Override
    public <U> CompletableFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> fn) {
        return super.handleAsync(Tracing.<T, Throwable, U>wrapBiFunction(fn::apply));
    }

    @Override
    public <U> CompletableFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> fn, Executor on) {
        return super.handleAsync(Tracing.<T, Throwable, U>wrapBiFunction(fn::apply), on);
    }

    @Override
    public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> fn) {
        return super.exceptionally(Tracing.<Throwable, T>wrapFunction(fn::apply));
    }

    @Override
    public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn) {
        return super.exceptionallyAsync(Tracing.<Throwable, T>wrapFunction(fn::apply));
    }

    @Override
    public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn, Executor on) {
        return super.exceptionallyAsync(Tracing.<Throwable, T>wrapFunction(fn::apply), on);
    }

    @Override
    public CompletableFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> fn) {
        return super.exceptionallyCompose(Tracing.<Throwable, CompletionStage<T>>wrapFunction(fn::apply));
    }

    @Override
    public CompletableFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> fn) {
        return super.exceptionallyComposeAsync(Tracing.<Throwable, CompletionStage<T>>wrapFunction(fn::apply));
    }

    @Override
    public CompletableFuture<T> exceptionallyComposeAsync(
            Function<Throwable, ? extends CompletionStage<T>> fn, Executor on) {
        return super.exceptionallyComposeAsync(Tracing.<Throwable, CompletionStage<T>>wrapFunction(fn::apply), on);
    }
}
