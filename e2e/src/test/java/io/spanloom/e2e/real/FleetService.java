package io.spanloom.e2e.real;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.spi.BackendStats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A service of the fleet. {@code /ok}, {@code /failed}, {@code /refused} and {@code /slow}, each with the services still to be called as its
 * query, separated by commas, answer with the ids of the spans; {@code /many?N,PAUSE} makes so many traces of its own, with a pause of so many microseconds after each; {@code /stats}
 * says what tracing has counted.
 */
final class FleetService {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SpanSpec CALL = SpanSpec.named("ask the next").kind(SpanKind.CLIENT);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private FleetService() {}

    public static void main(String[] arguments) throws IOException {
        Tracing.stats(); // sets it up: spans that others begin meanwhile are not recorded
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/", FleetService::handle);
        server.start();
        System.out.println("listening " + server.getAddress().getPort());
    }

    private static void handle(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        try (exchange) {
            byte[] body = switch (uri.getPath()) {
                case "/stats" -> JSON.writeValueAsBytes(stats());
                case "/many" -> JSON.writeValueAsBytes(many(uri.getQuery().split(",")));
                default -> request(exchange.getRequestHeaders(), uri).toString().getBytes(StandardCharsets.UTF_8);
            };
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static ArrayNode request(Headers headers, URI uri) throws IOException, InterruptedException {
        String outcome = uri.getPath().substring(1);
        Http.Request request = Http.request("GET", "http://fleet.example" + uri.getPath());
        try (Span span = Tracing.segment("GET " + uri.getPath(), request, headers, Headers::getFirst)) {
            ArrayNode ids = JSON.createArrayNode();
            ids.add(id(span));
            String next = uri.getQuery();
            if (next != null && !next.isEmpty()) {
                int comma = next.indexOf(',');
                String first = comma < 0 ? next : next.substring(0, comma);
                String rest = comma < 0 ? "" : next.substring(comma + 1);
                ids.addAll(ask(URI.create(first + uri.getPath() + "?" + rest)));
            } else if (outcome.equals("failed")) { // the last of them only
                span.fail(new IllegalStateException("boom"));
                span.http(Http.response(500));
                return ids;
            } else if (outcome.equals("slow")) {
                TimeUnit.MILLISECONDS.sleep(1_100); // a real one: longer than gateway.yml's threshold
            }
            span.http(Http.response(outcome.equals("refused") ? 404 : 200));
            return ids;
        }
    }

    private static ArrayNode ask(URI uri) throws IOException {
        return Tracing.call(CALL, span -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
            Tracing.inject(request, HttpRequest.Builder::setHeader);
            try {
                ArrayNode ids = JSON.createArrayNode().add(id(span));
                String body = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .body();
                return ids.addAll((ArrayNode) JSON.readTree(body));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
        });
    }

    private static ObjectNode id(Span span) {
        return JSON.createObjectNode().put("trace", span.xrayTraceId()).put("id", span.spanId());
    }

    /** So many traces of one span each; the longest that one took, in microseconds. */
    private static Map<String, Long> many(String[] query) {
        int traces = Integer.parseInt(query[0]);
        long pause = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(query[1]));
        long longest = 0;
        for (int i = 0; i < traces; i++) {
            long start = System.nanoTime();
            try (Span span = Tracing.segment("many", Map.of(), (headers, name) -> null)) {
                span.annotation("number", i).fail(new IllegalStateException("kept"));
            }
            longest = Math.max(longest, System.nanoTime() - start);
            LockSupport.parkNanos(pause);
        }
        return Map.of("longest", TimeUnit.NANOSECONDS.toMicros(longest));
    }

    private static Map<String, Object> stats() {
        BackendStats stats = Tracing.stats();
        return Map.of(
                "offered", stats.offered(),
                "delivered", stats.delivered(),
                "queued", stats.queued(),
                "dropped", stats.dropped());
    }
}
