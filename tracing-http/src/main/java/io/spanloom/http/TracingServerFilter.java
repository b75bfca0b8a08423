package io.spanloom.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.spanloom.Http;
import io.spanloom.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes every request to the JDK's {@code HttpServer} a segment.
 *
 * <pre>{@code
 * server.createContext("/api", handler).getFilters().add(new TracingServerFilter());
 * }</pre>
 *
 * <p>The trace that the request's headers name goes on; method, URL, user agent, client and status are recorded, and the
 * answer says which trace it was. The operation is named after the context's path ({@code GET /api}); a function that
 * knows the routes gives better names, and so does the handler by {@code Tracing.current().operation(...)}.
 *
 * <p>What the handler throws goes on unchanged. The span ends when the handler returns: of one that answers on another
 * thread later, the status is not known. Stateless; one filter may serve any number of contexts.
 */
public final class TracingServerFilter extends Filter {

    private final Function<? super HttpExchange, @Nullable String> route;

    /** Operations are named after the context's path. */
    public TracingServerFilter() {
        this(TracingServerFilter::contextPath);
    }

    /**
     * @param route gives the route of an exchange, such as {@code /api/activities/:handle}; null where it knows none, for
     *     the method alone. There should be few for many paths
     */
    public TracingServerFilter(Function<? super HttpExchange, @Nullable String> route) {
        this.route = Objects.requireNonNull(route, "route");
    }

    private static @Nullable String contextPath(HttpExchange exchange) {
        String path = exchange.getHttpContext().getPath();
        return path.equals("/") ? null : path;
    }

    @Override
    public String description() {
        return "traces requests";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Span span = start(exchange);
        Throwable thrown = null;
        try {
            chain.doFilter(exchange);
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            end(exchange, span, thrown);
        }
    }

    private Span start(HttpExchange exchange) {
        try {
            HttpSettings settings = HttpSettings.current();
            if (!io.spanloom.Tracing.isEnabled() || settings.excludes(path(exchange.getRequestURI()))) {
                return Span.noop();
            }
            return IncomingRequest.start(
                    OperationName.of(exchange.getRequestMethod(), route.apply(exchange)),
                    request(exchange, settings),
                    exchange.getRequestHeaders(),
                    Headers::getFirst,
                    exchange.getResponseHeaders(),
                    Headers::set);
        } catch (Throwable refusal) {
            Guard.refused("describe a request", refusal);
            return Span.noop();
        }
    }

    private static Http.Request request(HttpExchange exchange, HttpSettings settings) {
        Headers headers = exchange.getRequestHeaders();
        URI uri = exchange.getRequestURI();
        String scheme = exchange instanceof com.sun.net.httpserver.HttpsExchange ? "https" : "http";
        InetSocketAddress local = exchange.getLocalAddress();
        String named = headers.getFirst("Host");
        String host = named != null ? named : local.getHostString() + ":" + local.getPort();
        InetSocketAddress peer = exchange.getRemoteAddress();
        String address = peer == null || peer.getAddress() == null
                ? null
                : peer.getAddress().getHostAddress();
        return ClientAddress.on(
                Http.request(
                                exchange.getRequestMethod(),
                                RecordedUrl.of(scheme, host, path(uri), uri.getRawQuery(), settings.query()))
                        .userAgent(headers.getFirst("User-Agent")),
                headers.getFirst("X-Forwarded-For"),
                address,
                settings);
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static void end(HttpExchange exchange, Span span, @Nullable Throwable thrown) {
        try {
            if (span.isRecording() && exchange.getResponseCode() > 0) {
                OutgoingCall.answered(
                        span,
                        exchange.getResponseCode(),
                        exchange.getResponseHeaders().getFirst("Content-Length"));
            }
        } catch (Throwable refusal) {
            Guard.refused("describe an answer", refusal);
        } finally {
            span.close(thrown);
        }
    }
}
