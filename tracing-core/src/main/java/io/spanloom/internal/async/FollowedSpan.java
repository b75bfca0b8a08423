package io.spanloom.internal.async;

import io.spanloom.Span;
import io.spanloom.internal.Fatal;
import io.spanloom.spi.AsyncSpan;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.ThrownException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A span that ends when something else does, and then once. */
class FollowedSpan implements AsyncSpan {

    private static final VarHandle ENDED;

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(FollowedSpan.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Span span;

    /** Records what is captured of the value; null where nothing is. */
    private final @Nullable BiConsumer<Span, @Nullable Object> captures;

    @SuppressWarnings("unused") // by its handle
    private boolean ended;

    FollowedSpan(Span span, @Nullable BiConsumer<Span, @Nullable Object> captures) {
        this.span = span;
        this.captures = captures;
    }

    @Override
    public final void end(@Nullable Object value, @Nullable Throwable thrown) {
        if (!ENDED.compareAndSet(this, false, true)) {
            return;
        }
        try {
            if (thrown == null) {
                try {
                    if (captures != null && span.isRecording()) {
                        captures.accept(span, value);
                    }
                } finally {
                    span.close();
                }
                return;
            }
            Throwable cause = unwrapped(thrown);
            if (cause instanceof CancellationException) {
                cancelled();
            } else {
                span.close(cause);
            }
        } catch (Throwable refused) { // a backend's; whoever completes the result must not hear of it
            Fatal.rethrow(refused);
            Reporter.warn("TRC-041", "a span could not end with its result; the application is not affected", refused);
        }
    }

    @Override
    public final void cancel() {
        if (ENDED.compareAndSet(this, false, true)) {
            cancelled();
        }
    }

    private void cancelled() {
        span.annotation("cancelled", true).close();
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        for (int depth = 0; depth < ThrownException.CAUSES; depth++) {
            Throwable cause = inner instanceof CompletionException || inner instanceof ExecutionException
                    ? ThrownException.causeOf(inner)
                    : null;
            if (cause == null) {
                break;
            }
            inner = cause;
        }
        return inner;
    }
}
