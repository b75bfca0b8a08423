package io.spanloom;

/**
 * The body of {@link Tracing#call}: gets the span, returns a result, may throw its own checked exception.
 *
 * @param <T> the result, which may be null
 * @param <X> what the body throws; inferred, {@code RuntimeException} where it throws nothing checked
 */
@FunctionalInterface
public interface SpanFunction<T extends @org.jspecify.annotations.Nullable Object, X extends Throwable> {
    /** Does the work. What it throws is recorded on the span and leaves {@link Tracing#call} unchanged. */
    T apply(Span span) throws X;
}
