package io.spanloom.examples.micronaut;

import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.spanloom.Scope;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;

/** A request's trace, which follows Micronaut's own context from thread to thread. */
record TraceElement(TraceContext request, String traceId) implements ThreadPropagatedContextElement<Scope> {

    /** A span within the request that is current here already is left as it is. */
    @Override
    public Scope updateThreadContext() {
        return Tracing.current().traceId().equals(traceId) ? () -> {} : request.activate();
    }

    @Override
    public void restoreThreadContext(Scope scope) {
        scope.close();
    }
}
