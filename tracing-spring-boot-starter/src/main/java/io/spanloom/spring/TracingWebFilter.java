package io.spanloom.spring;

import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import io.spanloom.http.IncomingRequests;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Makes every request to a reactive server a segment, which is current in the operators below it. */
final class TracingWebFilter implements WebFilter, Ordered {

    private static final String ROUTE = "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> traced(exchange, chain));
    }

    private static Mono<Void> traced(ServerWebExchange exchange, WebFilterChain chain) {
        if (!Tracing.isEnabled()) {
            return chain.filter(exchange);
        }
        Span span = start(exchange);
        if (span == Span.noop()) {
            return chain.filter(exchange);
        }
        TraceContext trace;
        Mono<Void> answered;
        try {
            trace = Tracing.capture();
            answered = chain.filter(exchange);
        } catch (Throwable failure) {
            end(exchange, span, failure);
            throw failure;
        } finally {
            span.detach();
        }
        return answered.doOnError(failure -> end(exchange, span, failure))
                .doOnCancel(() -> {
                    span.annotation("cancelled", true);
                    if (exchange.getResponse().isCommitted()) {
                        end(exchange, span, null);
                    } else {
                        ended(exchange, span, null); // nobody was answered
                    }
                })
                .doOnSuccess(nothing -> end(exchange, span, null))
                .contextWrite(context -> context.put(TraceContext.KEY, trace));
    }

    private static Span start(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        InetSocketAddress peer = request.getRemoteAddress();
        return IncomingRequests.start(
                request.getMethod().name(),
                request.getURI().toString(),
                peer == null || peer.getAddress() == null
                        ? null
                        : peer.getAddress().getHostAddress(),
                request.getHeaders(),
                HttpHeaders::getFirst,
                exchange.getResponse().getHeaders(),
                HttpHeaders::set);
    }

    private static void end(ServerWebExchange exchange, Span span, @Nullable Throwable failure) {
        if (span.isRecording()) {
            IncomingRequests.answered(
                    span,
                    status(exchange, failure),
                    exchange.getResponse().getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH));
        }
        ended(exchange, span, failure);
    }

    private static void ended(ServerWebExchange exchange, Span span, @Nullable Throwable failure) {
        Object route = exchange.getAttribute(ROUTE);
        if (route != null) {
            IncomingRequests.named(span, exchange.getRequest().getMethod().name(), route.toString());
        }
        span.close(failure);
    }

    private static int status(ServerWebExchange exchange, @Nullable Throwable failure) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        if (failure instanceof ErrorResponse told) {
            return told.getStatusCode().value();
        }
        if (failure != null && (status == null || status.value() < 400)) {
            return 500;
        }
        return status == null ? 200 : status.value();
    }
}
