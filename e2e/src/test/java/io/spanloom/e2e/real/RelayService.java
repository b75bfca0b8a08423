package io.spanloom.e2e.real;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A Java service with Spanloom: answers, after calling the services that the query names. */
final class RelayService {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SpanSpec CALL = SpanSpec.named("relay").kind(SpanKind.CLIENT);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private RelayService() {}

    /** What it is started with; what its rules say is the same as in the other languages. */
    static Map<String, String> environment(String daemon, Map<String, String> more) {
        Map<String, String> all = new HashMap<>();
        all.put("TRACING_SERVICE", "java");
        all.put("TRACING_BACKEND", "xray");
        all.put("AWS_XRAY_DAEMON_ADDRESS", daemon);
        all.put("TRACING_SAMPLING_RULES", Path.of("real", "sampling.json").toString());
        all.putAll(more);
        return all;
    }

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", RelayService::handle);
        server.start();
        System.out.println("listening " + server.getAddress().getPort());
    }

    private static void handle(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        Http.Request request = Http.request(
                "GET",
                "http://" + headers.getFirst("Host") + exchange.getRequestURI().getPath());
        String operation = "GET " + exchange.getRequestURI().getPath();
        try (exchange) {
            byte[] body;
            try (Span span = Tracing.segment(operation, request, headers, Headers::getFirst)) {
                body = relay(exchange).toString().getBytes(StandardCharsets.UTF_8);
                span.http(Http.response(200).contentLength(body.length));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (RuntimeException failed) {
            throw new IOException(failed);
        }
    }

    private static ArrayNode relay(HttpExchange exchange) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id");
        Map<String, String> sent = new HashMap<>();
        Tracing.inject(sent, Map::put);
        ArrayNode seen = JSON.createArrayNode();
        seen.addObject()
                .put("service", "java")
                .put("header", header == null ? "" : header)
                .put("sent", sent.getOrDefault("X-Amzn-Trace-Id", ""))
                .put("trace", Tracing.current().traceId())
                .put("sampled", Tracing.current().isSampled());
        List<String> hops = hops(exchange.getRequestURI());
        if (!hops.isEmpty()) {
            StringBuilder rest = new StringBuilder();
            hops.subList(1, hops.size())
                    .forEach(hop -> rest.append("hop=").append(hop).append('&'));
            seen.addAll((ArrayNode) JSON.readTree(call(URI.create(hops.get(0) + "?" + rest))));
        }
        return seen;
    }

    private static List<String> hops(URI uri) {
        List<String> hops = new ArrayList<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String part : query.split("&")) {
            if (part.startsWith("hop=")) {
                hops.add(URLDecoder.decode(part.substring(4), StandardCharsets.UTF_8));
            }
        }
        return hops;
    }

    private static String call(URI uri) throws IOException {
        return Tracing.call(CALL, span -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
            Tracing.inject(request, HttpRequest.Builder::setHeader);
            span.http(Http.request("GET", uri.toString()));
            try {
                HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
                span.http(Http.response(answer.statusCode()));
                return answer.body();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
        });
    }
}
