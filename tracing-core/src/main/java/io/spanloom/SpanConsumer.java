package io.spanloom;

/**
 * The body of {@link Tracing#run}: gets the span, may throw its own checked exception.
 *
 * @param <X> what the body throws; inferred, {@code RuntimeException} where it throws nothing checked
 */
@FunctionalInterface
public interface SpanConsumer<X extends Throwable> {
    void accept(Span span) throws X;
}
