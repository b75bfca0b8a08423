package io.spanloom.spi;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A span that waits for its end. The first end counts, whoever brings it: all others do nothing, on whatever thread, and
 * nothing here throws.
 *
 * <p>It is a {@link BiConsumer} so that it can be handed to {@code whenComplete} as it is.
 */
public interface AsyncSpan extends BiConsumer<@Nullable Object, @Nullable Throwable> {

    /**
     * Ends the span as a method would that returned the value or threw the exception.
     *
     * <p>{@link java.util.concurrent.CompletionException} and {@link java.util.concurrent.ExecutionException} are taken off
     * what they wrap. A {@link java.util.concurrent.CancellationException} is {@link #cancel}.
     *
     * @param value what the operation gave, which may be captured; null for nothing
     * @param thrown null where it succeeded
     */
    void end(@Nullable Object value, @Nullable Throwable thrown);

    /** Ends the span without a fault, with the annotation {@code cancelled} = true: somebody no longer wanted the result. */
    void cancel();

    @Override
    default void accept(@Nullable Object value, @Nullable Throwable thrown) {
        end(value, thrown);
    }
}
