package io.spanloom.otel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;

/** What stands in for a collector on a port of the loopback: takes OTLP over HTTP and keeps it. */
final class Receiver implements AutoCloseable {

    private volatile HttpServer server;
    private final int port;
    private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
    final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    volatile int status = 200;

    private volatile long delayMillis;

    Receiver() throws IOException {
        server = listening(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listening(int at) throws IOException {
        HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        fresh.createContext("/v1/traces", this::take);
        fresh.start();
        return fresh;
    }

    /** Nobody listens from now on. */
    void stop() {
        server.stop(0);
    }

    /** At the same port. */
    void startAgain() {
        try {
            server = listening(port);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    /** Each answer takes so long from now on. */
    void answerAfter(long millis) {
        delayMillis = millis;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            headers.add(Map.copyOf(exchange.getRequestHeaders()));
            boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                requests.add(ExportTraceServiceRequest.parseFrom(body));
            }
            if (delayMillis > 0) {
                LockSupport.parkNanos(delayMillis * 1_000_000L);
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    List<Span> spans() {
        return requests.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    Resource resource() {
        return requests.get(0).getResourceSpans(0).getResource();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
