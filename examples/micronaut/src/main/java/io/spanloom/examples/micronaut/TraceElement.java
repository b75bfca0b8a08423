package io.spanloom.examples.micronaut;

import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.spanloom.Scope;
import io.spanloom.http.PendingRequest;

/** Makes the request current wherever Micronaut goes on with it. */
record TraceElement(PendingRequest request) implements ThreadPropagatedContextElement<Scope> {

    @Override
    public Scope updateThreadContext() {
        return request.activate();
    }

    @Override
    public void restoreThreadContext(Scope scope) {
        scope.close();
    }
}
