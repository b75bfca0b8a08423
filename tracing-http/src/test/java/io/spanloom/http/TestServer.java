package io.spanloom.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's server, traced, for the clients' tests and its own. */
final class TestServer implements AutoCloseable {

    /** Holds back the answer of {@code /held}. */
    final CountDownLatch held = new CountDownLatch(1);

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    TestServer(TracingServerFilter filter) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle).getFilters().add(filter);
        http.createContext("/files", exchange -> answer(exchange, 200))
                .getFilters()
                .add(filter);
        http.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + path;
    }

    private void handle(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/ok" -> {
                Tracing.run("work", span -> {});
                answer(exchange, 200);
            }
            case "/missing" -> answer(exchange, 404);
            case "/throttled" -> answer(exchange, 429);
            case "/fails" -> answer(exchange, 503);
            case "/boom" -> throw new IOException("boom");
            case "/later" -> {
                Tracing.current().operation("GET /:later");
                answer(exchange, 200);
            }
            case "/moved" -> {
                exchange.getResponseHeaders().set("Location", "/ok");
                answer(exchange, 302);
            }
            case "/held" -> {
                try {
                    held.await();
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                }
                answer(exchange, 200);
            }
            default -> answer(exchange, 200);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 2);
        exchange.getResponseBody().write(new byte[] {'o', 'k'});
        exchange.close();
    }

    @Override
    public void close() {
        held.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
