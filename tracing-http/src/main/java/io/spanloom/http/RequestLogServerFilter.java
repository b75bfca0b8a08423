package io.spanloom.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Logs each request to the JDK's {@code HttpServer} in one line: client, method, scheme, path, status.
 *
 * <pre>{@code
 * context.getFilters().addAll(List.of(new TracingServerFilter(), new RequestLogServerFilter()));
 * }</pre>
 *
 * <p>To the logger {@code io.spanloom.http.requests}, as information; behind {@link TracingServerFilter}, the line has the
 * trace's ids in the MDC ({@code tracing.log.mdc}). Values of query parameters are as {@code tracing.http.query} says.
 * What the handler throws goes on unchanged, and is logged with status 500 where no answer was begun.
 */
public final class RequestLogServerFilter extends Filter {

    /** One serves any number of contexts. */
    public RequestLogServerFilter() {}

    @Override
    public String description() {
        return "logs requests";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        boolean failed = true;
        try {
            chain.doFilter(exchange);
            failed = false;
        } finally {
            log(exchange, failed);
        }
    }

    private static void log(HttpExchange exchange, boolean failed) {
        try {
            InetSocketAddress peer = exchange.getRemoteAddress();
            int status = exchange.getResponseCode();
            RequestLine.log(
                    peer == null || peer.getAddress() == null
                            ? null
                            : peer.getAddress().getHostAddress(),
                    exchange.getRequestMethod(),
                    exchange instanceof com.sun.net.httpserver.HttpsExchange ? "https" : "http",
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestURI().getRawQuery(),
                    status < 0 && failed ? 500 : status);
        } catch (Throwable refusal) {
            Guard.refused("log a request", refusal);
        }
    }
}
