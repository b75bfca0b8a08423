package io.spanloom.examples.micronaut;

import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.util.HttpHostResolver;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.http.IncomingRequests;
import org.jspecify.annotations.Nullable;

/** Makes every request a segment, which is current wherever Micronaut goes on with the request. */
@ServerFilter("/**")
class RequestTracing implements Ordered {

    private static final String SPAN = Span.class.getName();

    private final HttpHostResolver hosts;

    RequestTracing(HttpHostResolver hosts) {
        this.hosts = hosts;
    }

    @RequestFilter
    void asked(HttpRequest<?> request, MutablePropagatedContext context) {
        Span span = IncomingRequests.start(
                request.getMethodName(),
                hosts.resolve(request) + request.getUri(),
                request.getRemoteAddress().getAddress().getHostAddress(),
                request.getHeaders(),
                HttpHeaders::get);
        context.add(new TraceElement(Tracing.capture(), span.traceId()));
        request.setAttribute(SPAN, span.detach());
    }

    @ResponseFilter
    void answered(HttpRequest<?> request, MutableHttpResponse<?> response, @Nullable Throwable thrown) {
        Span span = request.getAttribute(SPAN, Span.class).orElse(Span.noop());
        request.getAttribute(HttpAttributes.URI_TEMPLATE, String.class)
                .ifPresent(route -> IncomingRequests.named(span, request.getMethodName(), route));
        Tracing.answer(span, response.getHeaders(), MutableHttpHeaders::set);
        IncomingRequests.answered(span, response.code(), response.header(HttpHeaders.CONTENT_LENGTH));
        span.close(thrown);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
