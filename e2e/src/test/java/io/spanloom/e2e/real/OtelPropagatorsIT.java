package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spanloom.desk.Trace;
import io.spanloom.desk.TraceDesk;
import io.spanloom.desk.TraceSpan;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ours on either backend and OpenTelemetry's SDKs for Python and Node call each other, by each form of headers. */
@ParameterizedClass
@CsvSource({
    "xray, xray", "xray, tracecontext", "xray, b3", "xray, b3multi",
    "otel, xray", "otel, tracecontext", "otel, b3", "otel, b3multi"
})
record OtelPropagatorsIT(String backend, String form) {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PARENT = "53995c3f42cd8ad8";

    private static TraceDesk desk;
    private static final Map<String, Service> SERVICES = new HashMap<>();

    @BeforeParameterizedClassInvocation
    static void start(String backend, String form) throws Exception {
        desk = TraceDesk.builder().quiet(Duration.ofMillis(300)).start();
        String otlp = text(desk.otlpAddress());
        Map<String, String> java = Map.of(
                "TRACING_BACKEND",
                backend,
                "TRACING_PROPAGATION",
                form,
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://" + otlp,
                "OTEL_BSP_SCHEDULE_DELAY",
                "200");
        SERVICES.put("java", Service.java(text(desk.xrayAddress()), java));
        SERVICES.put("python", Service.openTelemetry("python", otlp, form));
        SERVICES.put("node", Service.openTelemetry("node", otlp, form));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        for (Service service : SERVICES.values()) {
            service.close();
        }
        SERVICES.clear();
        desk.close();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @ParameterizedTest
    @CsvSource({"java, python, node", "python, java, node", "node, java, python", "java, node, java"})
    void firstDecidesYes_oneTraceInOneTree(String first, String second, String third) throws Exception {
        List<String> order = List.of(first, second, third);
        List<JsonNode> seen = ask("/relay", Map.of(), order);

        assertThat(seen)
                .allSatisfy(one -> assertThat(one.path("sampled").asBoolean()).isTrue());
        assertThat(traceIds(seen)).hasSize(1);
        assertOneTree(arrived(traceIds(seen).get(0)), order);
    }

    @ParameterizedTest
    @CsvSource({"java, python, java", "java, node, java"})
    void oursDecidesNo_theOthersFollow(String first, String second, String third) throws Exception {
        List<JsonNode> seen = ask("/unsampled", Map.of(), List.of(first, second, third));

        assertThat(seen)
                .allSatisfy(one -> assertThat(one.path("sampled").asBoolean()).isFalse());
        assertThat(traceIds(seen)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "java, python, node, true",
        "python, java, node, false",
        "node, java, python, false",
        "python, node, java, true"
    })
    void callerHasDecided_allFollow(String first, String second, String third, boolean sampled) throws Exception {
        List<String> order = List.of(first, second, third);
        String traceId = "%08x%024x".formatted(System.currentTimeMillis() / 1000, order.hashCode() & 0xffffffffL);
        List<JsonNode> seen = ask("/relay", headers(traceId, sampled), order);

        assertThat(seen)
                .allSatisfy(one -> assertThat(one.path("sampled").asBoolean()).isEqualTo(sampled));
        assertThat(traceIds(seen)).containsExactly(traceId);
        if (sampled) {
            assertOneTree(arrived(traceId), order);
        }
    }

    private Map<String, String> headers(String traceId, boolean sampled) {
        String flag = sampled ? "1" : "0";
        return switch (form) {
            case "xray" ->
                Map.of(
                        "X-Amzn-Trace-Id",
                        "Root=1-" + traceId.substring(0, 8) + "-" + traceId.substring(8) + ";Parent=" + PARENT
                                + ";Sampled=" + flag);
            case "tracecontext" -> Map.of("traceparent", "00-" + traceId + "-" + PARENT + "-0" + flag);
            case "b3" -> Map.of("b3", traceId + "-" + PARENT + "-" + flag);
            default -> Map.of("X-B3-TraceId", traceId, "X-B3-SpanId", PARENT, "X-B3-Sampled", flag);
        };
    }

    /** What each service got, in the order of the calls. */
    private static List<JsonNode> ask(String path, Map<String, String> headers, List<String> order) throws Exception {
        String hops = order.stream()
                .skip(1)
                .map(name -> "hop=" + URLEncoder.encode(service(name).url("/relay"), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(service(order.get(0)).url(path) + "?" + hops))
                .timeout(DEADLINE);
        headers.forEach(request::header);
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> seen = new ArrayList<>();
        Api.read(answer.body()).forEach(seen::add);
        assertThat(seen).extracting(one -> one.path("service").asText()).containsExactlyElementsOf(order);
        return seen;
    }

    private static Service service(String name) {
        Service service = SERVICES.get(name);
        assertThat(service).as(name).isNotNull();
        return service;
    }

    private static List<String> traceIds(List<JsonNode> seen) {
        return seen.stream().map(one -> one.path("trace").asText()).distinct().toList();
    }

    /** Three services' own spans, and the two calls between them. */
    private static Trace arrived(String traceId) {
        return Awaitility.await()
                .atMost(DEADLINE)
                .until(
                        () -> desk.traces().stream()
                                .filter(trace -> trace.traceId().equals(traceId))
                                .findFirst()
                                .orElse(new Trace(traceId, List.of(), false)),
                        trace -> trace.spans().size() >= 5);
    }

    /** A service's span is below the call of the one before it, and that call is below the span of its service. */
    private static void assertOneTree(Trace trace, List<String> order) {
        Map<String, TraceSpan> spans = trace.spans().stream().collect(Collectors.toMap(TraceSpan::id, span -> span));
        List<String> path = new ArrayList<>();
        TraceSpan last = trace.spans().stream()
                .filter(span -> order.get(2).equals(span.service())
                        && trace.spans().stream().noneMatch(other -> span.id().equals(other.parentId())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no last span in " + trace));
        for (TraceSpan at = last; at != null; at = spans.get(String.valueOf(at.parentId()))) {
            path.add(0, String.valueOf(at.service()));
        }
        assertThat(path)
                .as("%s", trace)
                .containsExactly(order.get(0), order.get(0), order.get(1), order.get(1), order.get(2));
    }
}
