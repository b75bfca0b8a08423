package io.spanloom.examples.cruddur;

import com.sun.net.httpserver.HttpExchange;
import io.spanloom.Span;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line per request, with the id under which its trace is found (the timestamp is logback's):
 *
 * <pre>2026-02-26T10:00:00.123Z INFO  RequestLog - 127.0.0.1 GET http /api/activities/home 200 trace=1-69a0-...</pre>
 */
final class RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

    private RequestLog() {}

    static void log(HttpExchange exchange, int status, Span span) {
        LOG.info(
                "{} {} http {} {} trace={}",
                remoteAddress(exchange),
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                status,
                traceId(span));
    }

    /** As the console of X-Ray wants it; OpenTelemetry's form is the same digits without the dashes and the 1. */
    static String traceId(Span span) {
        return span.isRecording() ? span.xrayTraceId() : "-";
    }

    static String remoteAddress(HttpExchange exchange) {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }
}
