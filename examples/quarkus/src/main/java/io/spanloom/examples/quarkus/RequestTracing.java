package io.spanloom.examples.quarkus;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import io.spanloom.http.IncomingRequests;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Makes every request a segment, from Quarkus's first filter to the end of the answer. */
class RequestTracing {

    static final String SPAN = Span.class.getName();

    void register(@Observes Filters filters) {
        filters.register(RequestTracing::trace, 10_000);
    }

    private static void trace(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        HttpServerResponse response = exchange.response();
        Span span = IncomingRequests.start(
                request.method().name(),
                request.absoluteURI(),
                request.remoteAddress().hostAddress(),
                request.headers(),
                MultiMap::get,
                response.headers(),
                MultiMap::set);
        exchange.put(TraceContext.KEY, Tracing.capture()).put(SPAN, span.detach());
        exchange.addEndHandler(ended -> {
            if (ended.failed()) {
                span.annotation("cancelled", true);
            } else {
                IncomingRequests.answered(
                        span, response.getStatusCode(), response.headers().get("Content-Length"));
            }
            span.close(exchange.failure());
        });
        exchange.next();
    }
}
