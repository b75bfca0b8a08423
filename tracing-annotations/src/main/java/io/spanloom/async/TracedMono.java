package io.spanloom.async;

import io.spanloom.spi.AsyncCall;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/**
 * A Mono with a span around each subscription. Neither fuseable nor scalar, whatever its source is: an operator that took
 * the value by one of those ways would pass the span by.
 */
final class TracedMono<T> extends MonoOperator<T, T> {

    private final AsyncCall call;

    private TracedMono(Mono<T> source, AsyncCall call) {
        super(source);
        this.call = call;
    }

    static <T> Mono<T> of(Mono<T> source, AsyncCall call) {
        return onAssembly(new TracedMono<>(source, call));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
        TracedSubscriber.subscribe(source, subscriber, call, true);
    }
}
