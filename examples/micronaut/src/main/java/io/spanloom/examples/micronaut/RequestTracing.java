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
import io.spanloom.TraceContext;
import io.spanloom.http.PendingRequest;
import org.jspecify.annotations.Nullable;

/** Makes every request a segment, which is current wherever Micronaut goes on with the request. */
@ServerFilter("/**")
class RequestTracing implements Ordered {

    private final HttpHostResolver hosts;

    RequestTracing(HttpHostResolver hosts) {
        this.hosts = hosts;
    }

    @RequestFilter
    void asked(HttpRequest<?> http, MutablePropagatedContext context) {
        PendingRequest request = PendingRequest.start(
                http.getMethodName(),
                hosts.resolve(http) + http.getUri(),
                http.getRemoteAddress().getAddress().getHostAddress(),
                http.getHeaders(),
                HttpHeaders::get);
        context.add(new TraceElement(request));
        http.setAttribute(TraceContext.KEY, request);
    }

    @ResponseFilter
    void answered(HttpRequest<?> http, MutableHttpResponse<?> answer, @Nullable Throwable thrown) {
        PendingRequest request =
                http.getAttribute(TraceContext.KEY, PendingRequest.class).orElseThrow();
        http.getAttribute(HttpAttributes.URI_TEMPLATE, String.class).ifPresent(request::named);
        request.answer(answer.getHeaders(), MutableHttpHeaders::set);
        request.answered(answer.code(), answer.header(HttpHeaders.CONTENT_LENGTH));
        request.end(thrown);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
