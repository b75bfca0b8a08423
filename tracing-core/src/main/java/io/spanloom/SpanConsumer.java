package io.spanloom;

/**
 * The body of {@link Tracing#run}: gets the span, may throw its own checked exception.
 *
 * @param <X> what the body throws; inferred, {@code RuntimeException} where it throws nothing checked
 */
@FunctionalInterface
public interface SpanConsumer<X extends Throwable> {
    /** Does the work. What it throws is recorded on the span and leaves {@link Tracing#run} unchanged. */
    void accept(Span span) throws X;
}
