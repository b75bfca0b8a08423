package io.spanloom.e2e.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Stands for the X-Ray service behind the daemon: takes documents, and hands out sampling rules and targets. */
final class Api implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ObjectNode> documents = new CopyOnWriteArrayList<>();
    private final List<JsonNode> statistics = new CopyOnWriteArrayList<>();
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final AtomicLong arrived = new AtomicLong();

    /** How long each answer takes. */
    volatile long delayMillis;

    /** Whether documents are kept, or counted only. */
    volatile boolean keeping = true;

    private volatile double rate = 1;
    private volatile long modifiedAt = Instant.now().getEpochSecond() - 60;

    Api() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Changes the one rule that there is: so much of what comes is to be recorded. */
    void rule(double newRate) {
        rate = newRate;
        modifiedAt = Instant.now().getEpochSecond();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            TimeUnit.MILLISECONDS.sleep(delayMillis);
            String answer = switch (exchange.getRequestURI().getPath()) {
                case "/TraceSegments" -> take(body);
                case "/GetSamplingRules" -> rules();
                case "/SamplingTargets" -> targets(body);
                default -> "{}";
            };
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private String take(JsonNode body) throws IOException {
        for (JsonNode text : body.path("TraceSegmentDocuments")) {
            ObjectNode document = (ObjectNode) JSON.readTree(text.asText());
            // A daemon that was not answered in time sends a batch again.
            if (ids.add(document.path("id").asText())) {
                arrived.incrementAndGet();
            }
            if (keeping) {
                documents.add(document);
            }
        }
        return "{\"UnprocessedTraceSegments\":[]}";
    }

    private String rules() {
        return "{\"SamplingRuleRecords\":[{\"CreatedAt\":1,\"ModifiedAt\":" + modifiedAt
                + ",\"SamplingRule\":{\"RuleName\":\"Everything\",\"Priority\":1,\"FixedRate\":" + rate
                + ",\"ReservoirSize\":0,\"ServiceName\":\"*\",\"ServiceType\":\"*\",\"Host\":\"*\",\"HTTPMethod\":\"*\","
                + "\"URLPath\":\"*\",\"ResourceARN\":\"*\",\"Attributes\":{},\"Version\":1}}],\"NextToken\":null}";
    }

    private String targets(JsonNode body) {
        StringBuilder targets = new StringBuilder();
        for (JsonNode one : body.path("SamplingStatisticsDocuments")) {
            statistics.add(one);
            targets.append(targets.isEmpty() ? "" : ",")
                    .append("{\"RuleName\":\"" + one.path("RuleName").asText() + "\",\"FixedRate\":" + rate
                            + ",\"Interval\":1}");
        }
        return "{\"SamplingTargetDocuments\":[" + targets + "],\"LastRuleModification\":" + modifiedAt
                + ",\"UnprocessedStatistics\":[]}";
    }

    /** What the clients counted. */
    List<JsonNode> statistics() {
        return statistics;
    }

    /** How many documents have come, each counted once. */
    long arrived() {
        return arrived.get();
    }

    /** Every segment and subsegment of a trace by its id: of several documents of one, the last. */
    Map<String, ObjectNode> trace(String traceId) {
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        for (ObjectNode document : documents) {
            if (document.path("trace_id").asText().equals(traceId)) {
                flatten(document.deepCopy(), document.path("parent_id").asText(""), all);
            }
        }
        return all;
    }

    /** The documents of a trace, as they came. */
    List<ObjectNode> documents(String traceId) {
        List<ObjectNode> found = new ArrayList<>(documents);
        found.removeIf(document -> !document.path("trace_id").asText().equals(traceId));
        return found;
    }

    List<ObjectNode> documents() {
        return documents;
    }

    private static void flatten(ObjectNode document, String parent, Map<String, ObjectNode> all) {
        String id = document.path("id").asText();
        document.path("subsegments").forEach(child -> flatten((ObjectNode) child, id, all));
        document.put("parent_id", parent);
        document.remove("subsegments");
        all.put(id, document);
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(text, malformed);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
