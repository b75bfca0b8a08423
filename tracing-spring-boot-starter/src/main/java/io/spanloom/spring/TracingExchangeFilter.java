package io.spanloom.spring;

import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.http.OutgoingCalls;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Makes every call of a WebClient a span, and hands the trace on. The starter adds it to builders that are beans. A call
 * begins when it is subscribed to; retried, it is a span each time.
 */
public final class TracingExchangeFilter implements ExchangeFilterFunction {

    public TracingExchangeFilter() {}

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.deferContextual(context -> {
            Object known = context.getOrDefault(TraceContext.KEY, null);
            return known instanceof TraceContext trace ? trace.get(() -> traced(request, next)) : traced(request, next);
        });
    }

    private static Mono<ClientResponse> traced(ClientRequest request, ExchangeFunction next) {
        Span span = OutgoingCalls.start(
                request.method().name(), request.url().getHost(), request.url().toString());
        if (span == Span.noop()) {
            return next.exchange(request);
        }
        try {
            ClientRequest passed = ClientRequest.from(request)
                    .headers(headers -> OutgoingCalls.inject(span, headers, HttpHeaders::set))
                    .build();
            return next.exchange(passed)
                    .doOnNext(response -> answered(span, response))
                    .doOnError(failure -> OutgoingCalls.end(span, failure))
                    .doOnCancel(() -> span.annotation("cancelled", true).close())
                    .doOnSuccess(response -> span.close());
        } catch (Throwable failure) {
            span.close(failure);
            throw failure;
        } finally {
            span.detach();
        }
    }

    /** Length as text: {@code contentLength} throws where a server sends what is no number. */
    private static void answered(Span span, ClientResponse response) {
        if (span.isRecording()) {
            OutgoingCalls.answered(
                    span,
                    response.statusCode().value(),
                    response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_LENGTH));
        }
    }
}
