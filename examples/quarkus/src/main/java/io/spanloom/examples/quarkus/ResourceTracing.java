package io.spanloom.examples.quarkus;

import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.http.IncomingRequests;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriBuilder;
import org.jspecify.annotations.Nullable;

/** Makes the request's trace current where its resource runs, on whichever thread that is, and tells the route. */
@TracedResource
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class ResourceTracing {

    private final RoutingContext exchange;
    private final ResourceInfo resource;

    ResourceTracing(RoutingContext exchange, ResourceInfo resource) {
        this.exchange = exchange;
        this.resource = resource;
    }

    @AroundInvoke
    @Nullable
    Object invoke(InvocationContext invocation) throws Exception {
        TraceContext trace = exchange.get(TraceContext.KEY);
        Span span = exchange.get(RequestTracing.SPAN);
        IncomingRequests.named(span, exchange.request().method().name(), route());
        return trace.call(invocation::proceed);
    }

    private String route() {
        UriBuilder route = UriBuilder.fromResource(resource.getResourceClass());
        return (resource.getResourceMethod().isAnnotationPresent(Path.class)
                        ? route.path(resource.getResourceMethod())
                        : route)
                .toTemplate();
    }
}
