package io.spanloom.spi;

/**
 * Results that begin when somebody subscribes, as often as somebody does. They are decorated and never subscribed to: each
 * subscription is a span of its own, retries and repeats, too, and what nobody subscribes to is none.
 *
 * <pre>{@code
 * public Object decorate(Object result, AsyncCall call) {
 *     Publisher<?> source = (Publisher<?>) result;
 *     return (Publisher<?>) subscriber -> {
 *         SubscribedSpan span = call.subscribed(null);
 *         try (Scope scope = span.inside().activate()) {
 *             source.subscribe(new TracedSubscriber<>(subscriber, span));
 *         }
 *     };
 * }
 * }</pre>
 *
 * <p>A traced method's result is decorated where its declared type is one that the weaver knows as a publisher; see
 * {@code docs/async.md}.
 */
public interface PublisherType extends AsyncResultType {

    /** The result with a span around each subscription. What this throws leaves the result as it is (TRC-041). */
    Object decorate(Object result, AsyncCall call);
}
