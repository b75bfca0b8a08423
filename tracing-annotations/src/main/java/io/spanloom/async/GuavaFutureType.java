package io.spanloom.async;

import com.google.common.util.concurrent.ListenableFuture;
import io.spanloom.spi.AsyncSpan;
import io.spanloom.spi.FutureType;
import java.util.concurrent.ExecutionException;

/** Guava's futures, and everything that is one. Found by {@link java.util.ServiceLoader}. */
public final class GuavaFutureType implements FutureType {

    @Override
    public boolean includes(Class<?> type) {
        return ListenableFuture.class.isAssignableFrom(type);
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public void listen(Object result, AsyncSpan span) {
        ListenableFuture<?> future = (ListenableFuture<?>) result;
        future.addListener(() -> ended(future, span), Runnable::run);
    }

    private static void ended(ListenableFuture<?> future, AsyncSpan span) {
        if (future.isCancelled()) {
            span.cancel();
            return;
        }
        try {
            span.end(future.get(), null); // it is done: this does not wait
        } catch (InterruptedException interrupted) { // not by what is done
            Thread.currentThread().interrupt();
            span.end(null, null);
        } catch (ExecutionException | RuntimeException failed) {
            span.end(null, failed);
        }
    }
}
