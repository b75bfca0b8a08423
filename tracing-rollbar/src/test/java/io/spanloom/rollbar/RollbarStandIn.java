package io.spanloom.rollbar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.test.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Takes reports as Rollbar's API does, and answers as it is told to. */
final class RollbarStandIn implements AutoCloseable {

    /** One report. */
    record Item(@Nullable String token, Map<String, @Nullable Object> json) {

        /** What is at a path such as {@code data.custom.trace_id}. */
        @Nullable
        Object at(String path) {
            Object value = json;
            for (String key : path.split("\\.", -1)) {
                value = value instanceof Map<?, ?> map ? map.get(key) : null;
            }
            return value;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch answering = new CountDownLatch(1);
    final List<Item> items = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    /** Statuses to answer with first. */
    final List<Integer> first = new CopyOnWriteArrayList<>();

    volatile boolean holding;

    RollbarStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/1/item/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/1/item/";
    }

    /** Answers those that wait. */
    void release() {
        answering.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            items.add(new Item(exchange.getRequestHeaders().getFirst("X-Rollbar-Access-Token"), parsed(body)));
            if (holding) {
                answering.await();
            }
            int answered = first.isEmpty() ? status : first.remove(0);
            byte[] text = (answered == 200
                            ? "{\"err\":0,\"result\":{\"uuid\":\"1\"}}"
                            : "{\"err\":1,\"message\":\"no\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answered, text.length);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked") // an object, whatever is in it
    private static Map<String, @Nullable Object> parsed(String json) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(JsonReader.read(json));
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
