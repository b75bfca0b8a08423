package io.spanloom.examples.micronaut;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.spanloom.Span;
import io.spanloom.http.OutgoingCalls;
import org.jspecify.annotations.Nullable;

/** Makes every call by Micronaut's client a span that the called service continues. */
@ClientFilter("/**")
class CallTracing {

    private static final String SPAN = CallTracing.class.getName();

    @RequestFilter
    void called(MutableHttpRequest<?> call) {
        Span span = OutgoingCalls.start(
                call.getMethodName(), call.getUri().getHost(), call.getUri().toString());
        OutgoingCalls.inject(span, call.getHeaders(), MutableHttpHeaders::set);
        call.setAttribute(SPAN, span.detach());
    }

    @ResponseFilter
    void answered(HttpRequest<?> call, @Nullable HttpResponse<?> answer, @Nullable Throwable thrown) {
        Span span = call.getAttribute(SPAN, Span.class).orElse(Span.noop());
        if (answer != null) {
            OutgoingCalls.answered(span, answer.code(), answer.header(HttpHeaders.CONTENT_LENGTH));
        }
        OutgoingCalls.end(span, thrown);
    }
}
