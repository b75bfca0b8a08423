package io.spanloom.examples.micronaut;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.netty.util.concurrent.EventExecutorGroup;
import io.spanloom.Tracing;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/** Work that {@code @Async}, {@code @ExecuteOn} and the like hand over is below the span that handed it over. */
@Singleton
class ThreadTracing implements BeanCreatedEventListener<ExecutorService> {

    @Override
    public ExecutorService onCreated(BeanCreatedEvent<ExecutorService> event) {
        ExecutorService executor = event.getBean();
        return executor instanceof EventExecutorGroup
                ? executor
                : Tracing.wrap(executor); // Netty's has to stay what it is
    }
}
