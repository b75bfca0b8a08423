package io.spanloom.examples.quarkus;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.spanloom.TraceContext;
import io.spanloom.http.PendingRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Makes every request a segment, from Quarkus's first filter to the end of the answer. */
class RequestTracing {

    void register(@Observes Filters filters) {
        filters.register(RequestTracing::trace, 10_000);
    }

    private static void trace(RoutingContext exchange) {
        HttpServerRequest http = exchange.request();
        HttpServerResponse answer = exchange.response();
        PendingRequest request = PendingRequest.start(
                http.method().name(),
                http.absoluteURI(),
                http.remoteAddress().hostAddress(),
                http.headers(),
                MultiMap::get);
        request.answer(answer.headers(), MultiMap::set);
        exchange.put(TraceContext.KEY, request);
        exchange.addEndHandler(ended -> {
            if (answer.ended()) {
                request.answered(answer.getStatusCode(), answer.headers().get("Content-Length"));
                request.end(exchange.failure());
            } else {
                request.cancel();
            }
        });
        exchange.next();
    }
}
