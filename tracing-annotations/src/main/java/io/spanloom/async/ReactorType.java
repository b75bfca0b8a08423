package io.spanloom.async;

import io.spanloom.spi.AsyncCall;
import io.spanloom.spi.PublisherType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reactor's publishers: a Mono stays a Mono, a Flux a Flux. Found by {@link java.util.ServiceLoader}. */
public final class ReactorType implements PublisherType {

    @Override
    public boolean includes(Class<?> type) {
        return Mono.class.isAssignableFrom(type) || Flux.class.isAssignableFrom(type);
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    public Object decorate(Object result, AsyncCall call) {
        return result instanceof Mono<?> mono ? TracedMono.of(mono, call) : TracedFlux.of((Flux<?>) result, call);
    }
}
