package io.spanloom.examples.cruddur;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests, and logs them. That each is a segment, its filter sees to. */
final class RequestHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private final Routes routes;

    RequestHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Routes.Match match = routes.match(exchange.getRequestMethod(), exchange.getRequestURI());
        Span span = Tracing.current();
        Answer answer = answer(match, span);
        if (match.route().logged()) {
            RequestLog.log(exchange, answer.status(), span);
        }
        send(exchange, answer);
    }

    private static Answer answer(Routes.Match match, Span span) throws IOException {
        try {
            return match.answer();
        } catch (NotFoundException missing) {
            span.expected(missing);
            return Answer.error(404, String.valueOf(missing.getMessage()));
        } catch (Exception failed) {
            span.fail(failed);
            LOG.error("{} failed, trace {}", span.name(), RequestLog.traceId(span), failed);
            return Answer.error(500, "this failed; the log has it under trace " + RequestLog.traceId(span));
        }
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
