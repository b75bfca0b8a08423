package io.spanloom.sampling;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as the daemon's TCP port does, on the loopback. */
final class StandIn implements AutoCloseable {

    /** What was posted, as {@code path body}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile int status = 200;

    StandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        asked.add(path + " " + body);
        byte[] answer = answers.getOrDefault(path + " " + body, answers.getOrDefault(path, new byte[0]));
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        try (OutputStream out = exchange.getResponseBody()) { // closing the exchange instead may reset the connection
            out.write(answer);
        }
    }

    StandIn answers(String path, String json) {
        return answers(path, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    StandIn answers(String path, byte[] answer) {
        answers.put(path, answer);
        return this;
    }

    StandIn rules(String... rules) {
        return answers(
                "/GetSamplingRules",
                "{'SamplingRuleRecords':[{'SamplingRule':" + String.join("},{'SamplingRule':", rules) + "}]}");
    }

    void status(int value) {
        status = value;
    }

    List<String> asked(String path) {
        return asked.stream().filter(line -> line.startsWith(path)).toList();
    }

    DaemonClient client() {
        return new DaemonClient(
                new DaemonAddress("127.0.0.1", server.getAddress().getPort()), Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
