package io.spanloom.async;

import io.spanloom.spi.AsyncCall;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** A Flux with a span around each subscription; see {@link TracedMono}. */
final class TracedFlux<T> extends FluxOperator<T, T> {

    private final AsyncCall call;

    private TracedFlux(Flux<T> source, AsyncCall call) {
        super(source);
        this.call = call;
    }

    static <T> Flux<T> of(Flux<T> source, AsyncCall call) {
        return onAssembly(new TracedFlux<>(source, call));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
        TracedSubscriber.subscribe(source, subscriber, call, false);
    }
}
