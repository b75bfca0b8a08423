package io.spanloom.examples.cruddur;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes every request a segment, with a status at its end, and logs it. */
final class RequestHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private final Routes routes;

    RequestHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Routes.Match match = routes.match(exchange.getRequestMethod(), exchange.getRequestURI());
        if (!match.route().traced()) {
            send(exchange, answer(match, Span.noop()));
            return;
        }
        try (Span span = Tracing.segment(match.route().operation(), exchange.getRequestHeaders(), Headers::getFirst)) {
            span.http(request(exchange));
            Answer answer = answer(match, span);
            span.http(Http.response(answer.status()).contentLength(answer.body().length));
            RequestLog.log(exchange, answer.status(), span);
            Tracing.answer(span, exchange.getResponseHeaders(), Headers::set);
            send(exchange, answer);
        }
    }

    private static Answer answer(Routes.Match match, Span span) throws IOException {
        try {
            return match.answer();
        } catch (NotFoundException missing) {
            span.expected(missing);
            return Answer.error(404, String.valueOf(missing.getMessage()));
        } catch (Exception failed) {
            span.fail(failed);
            LOG.error("{} failed, trace {}", match.route().operation(), RequestLog.traceId(span), failed);
            return Answer.error(500, "this failed; the log has it under trace " + RequestLog.traceId(span));
        }
    }

    private static Http.Request request(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String host = headers.getFirst("Host");
        String authority =
                host != null ? host : "127.0.0.1:" + exchange.getLocalAddress().getPort();
        Http.Request request = Http.request(
                        exchange.getRequestMethod(), "http://" + authority + exchange.getRequestURI())
                .userAgent(headers.getFirst("User-Agent"));
        String forwarded = headers.getFirst("X-Forwarded-For");
        return forwarded == null
                ? request.clientIp(RequestLog.remoteAddress(exchange))
                : request.forwardedFor(forwarded.split(",", 2)[0].trim());
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getRequestBody().close();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (answer.status() == 405) {
            exchange.getResponseHeaders().set("Allow", "GET");
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer.body());
        }
    }
}
