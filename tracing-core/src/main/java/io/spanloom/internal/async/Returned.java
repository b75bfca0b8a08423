package io.spanloom.internal.async;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.internal.Fatal;
import io.spanloom.spi.FutureType;
import io.spanloom.spi.PublisherType;
import io.spanloom.spi.Reporter;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of a span when its operation has returned. */
public final class Returned {

    private Returned() {}

    /** Whether the span has to wait for the result, which {@link #future} then sees to. */
    public static boolean isFuture(@Nullable Object result, Span span) {
        return result != null
                && span != Span.noop()
                && span.isRecording()
                && AsyncResultTypes.isFuture(result.getClass());
    }

    /**
     * Has the result end the span, which is no longer current on this thread then.
     *
     * @param captures records what is captured of the value; null where nothing is
     */
    public static void future(Object result, Span span, @Nullable BiConsumer<Span, @Nullable Object> captures) {
        FollowedSpan followed = new FollowedSpan(span.detach(), captures);
        try {
            FutureType type = AsyncResultTypes.future(result.getClass());
            if (type == null) {
                followed.end(result, null);
            } else {
                type.listen(result, followed);
            }
        } catch (Throwable thrown) {
            followed.end(null, null);
            refused(result, thrown);
        }
    }

    /**
     * What a woven method returns in place of its result.
     *
     * @param span what {@link DeferredSpan#of} gave
     * @param declared the method's type
     */
    public static @Nullable Object publisher(
            @Nullable Object result,
            Span span,
            Class<?> declared,
            @Nullable BiConsumer<Span, @Nullable Object> captures) {
        if (!(span instanceof DeferredSpan deferred)) {
            span.close();
            return result;
        }
        Object decorated = null;
        if (result != null) {
            try {
                PublisherType type = AsyncResultTypes.publisher(result.getClass());
                if (type != null) {
                    decorated = type.decorate(
                            result, Publication.of(deferred.described(), deferred.called(), deferred::tell, captures));
                }
            } catch (Throwable thrown) {
                refused(result, thrown);
            }
        }
        if (declared.isInstance(decorated)) {
            return decorated;
        }
        deferred.begin().close();
        return result;
    }

    /** Whether a result ends its span at return, which nearly all do: by its class alone. */
    public static boolean isComplete(Object result) {
        return AsyncResultTypes.isComplete(result.getClass());
    }

    /**
     * What {@code Tracing.call} returns in place of its body's result, where that is not {@linkplain #isComplete complete} and
     * the span records.
     *
     * @param spec describes the spans of further subscriptions
     * @param body whose package may name classes that others cannot
     */
    public static Object ofCall(Object result, Span span, Supplier<SpanSpec> spec, Object body) {
        if (AsyncResultTypes.isFuture(result.getClass())) {
            future(result, span, null);
            return result;
        }
        return publisherOfCall(result, span, spec, body.getClass());
    }

    private static Object publisherOfCall(Object result, Span span, Supplier<SpanSpec> spec, Class<?> body) {
        Publication publication = null;
        try {
            PublisherType type = AsyncResultTypes.publisher(result.getClass());
            if (type != null) {
                publication = Publication.of(spec.get(), span);
                Object decorated = type.decorate(result, publication);
                if (Replaceable.by(decorated, result.getClass(), body)) {
                    return decorated;
                }
            }
        } catch (Throwable thrown) {
            refused(result, thrown);
        }
        if (publication == null || !publication.end()) {
            span.close();
        }
        return result;
    }

    private static void refused(Object result, Throwable thrown) {
        Fatal.rethrow(thrown);
        Reporter.warn(
                "TRC-041",
                "a result of " + result.getClass().getName()
                        + " could not be followed, so that its span ended at return; the application is not affected",
                thrown);
    }
}
