package io.spanloom.e2e.parity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands for a collector: keeps the OTLP requests that come to a port of the loopback, byte by byte. */
public final class OtlpPort implements AutoCloseable {

    private final HttpServer server;
    private final ConcurrentLinkedQueue<byte[]> bodies = new ConcurrentLinkedQueue<>();

    public OtlpPort() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What came since the last call. */
    public List<byte[]> take() {
        List<byte[]> all = new ArrayList<>();
        for (byte[] body = bodies.poll(); body != null; body = bodies.poll()) {
            all.add(body);
        }
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
