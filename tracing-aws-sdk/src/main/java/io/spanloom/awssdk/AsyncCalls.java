package io.spanloom.awssdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a call of an asynchronous client where it may be cancelled, or has an {@code apiCallTimeout}:
 *
 * <pre>{@code
 * CompletableFuture<GetItemResponse> item = AsyncCalls.followed(() -> dynamo.getItem(request));
 * }</pre>
 *
 * <p>Of these two ends the SDK tells no interceptor (2.34). A call that ends so and is not followed has a span that never
 * ends. All other asynchronous calls that are sent need nothing.
 */
public final class AsyncCalls {

    private static final ThreadLocal<@Nullable List<Call>> BEGUN = new ThreadLocal<>();

    private AsyncCalls() {}

    /**
     * Makes the call, and ends its span at the latest when the future fails or is cancelled.
     *
     * @return the very future that the call gave
     */
    public static <T> CompletableFuture<T> followed(Supplier<CompletableFuture<T>> call) {
        Objects.requireNonNull(call, "call");
        List<Call> outer = BEGUN.get();
        List<Call> begun = new ArrayList<>(1);
        BEGUN.set(begun);
        CompletableFuture<T> future;
        try {
            future = call.get();
        } catch (Throwable thrown) {
            begun.forEach(each -> each.abandoned(thrown)); // nobody has a future that could end them
            throw thrown;
        } finally {
            if (outer == null) {
                BEGUN.remove();
            } else {
                BEGUN.set(outer);
            }
        }
        if (future != null && !begun.isEmpty()) {
            var ended = future.whenComplete((answer, thrown) -> {
                if (thrown != null) {
                    begun.forEach(each -> each.abandoned(thrown));
                }
            });
            assert ended != null; // for its effect: the caller gets the future itself
        }
        return future;
    }

    static void begun(Call call) {
        List<Call> begun = BEGUN.get();
        if (begun != null) {
            begun.add(call);
        }
    }
}
