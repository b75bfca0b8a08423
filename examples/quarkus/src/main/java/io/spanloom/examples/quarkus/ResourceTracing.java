package io.spanloom.examples.quarkus;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.spanloom.TraceContext;
import io.spanloom.http.PendingRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriBuilder;
import org.jspecify.annotations.Nullable;

/** Makes the request current where its resource runs, on whichever thread that is, and tells the route. */
@TracedResource
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class ResourceTracing {

    private final CurrentVertxRequest current;
    private final ResourceInfo resource;

    ResourceTracing(CurrentVertxRequest current, ResourceInfo resource) {
        this.current = current;
        this.resource = resource;
    }

    @AroundInvoke
    @Nullable
    Object invoke(InvocationContext invocation) throws Exception {
        RoutingContext exchange = Arc.container().requestContext().isActive() ? current.getCurrent() : null;
        if (exchange == null) {
            return invocation.proceed(); // called by something else than a request
        }
        PendingRequest request = exchange.get(TraceContext.KEY);
        request.named(route());
        return request.call(invocation::proceed);
    }

    private String route() {
        UriBuilder route = UriBuilder.fromResource(resource.getResourceClass());
        return resource.getResourceMethod().isAnnotationPresent(Path.class)
                ? route.path(resource.getResourceMethod()).toTemplate()
                : route.toTemplate();
    }
}
