package io.spanloom.internal.async;

import io.spanloom.spi.AsyncSpan;
import io.spanloom.spi.FutureType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The JDK's own, and every class that is one. */
final class CompletionStageType implements FutureType {

    @Override
    public boolean includes(Class<?> type) {
        return CompletionStage.class.isAssignableFrom(type);
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public void listen(Object result, AsyncSpan span) {
        if (result instanceof CompletableFuture<?> future) { // a class: cheaper to tell than an interface
            if (result.getClass() == CompletableFuture.class && future.isDone() && !future.isCompletedExceptionally()) {
                span.end(future.getNow(null), null); // without the stage that whenComplete makes
            } else {
                future.whenComplete(span);
            }
        } else {
            ((CompletionStage<?>) result).whenComplete(span);
        }
    }
}
