package io.spanloom.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Ours, Flask with AWS's Python SDK and Node with AWS's SDK call each other: one trace, one decision, in every order. */
@ParameterizedClass
@EnumSource
record MixedLanguagesIT(Daemon.Kind kind) {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static Api api;
    private static Daemon daemon;
    private static Map<String, Service> services = Map.of();

    @BeforeParameterizedClassInvocation
    static void start(Daemon.Kind kind) throws Exception {
        api = new Api();
        daemon = kind.before(api);
        services = Map.of(
                "java", Service.java(daemon.address(), Map.of()),
                "python", Service.python(daemon.address()),
                "node", Service.node(daemon.address()));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        for (Service service : services.values()) {
            service.close();
        }
        services = Map.of();
        if (daemon != null) {
            daemon.close();
        }
        api.close();
    }

    /** What each service got, in the order of the calls. */
    private static List<JsonNode> ask(String path, String header, List<String> order) throws Exception {
        String hops = order.stream()
                .skip(1)
                .map(name -> "hop=" + URLEncoder.encode(services.get(name).url("/relay"), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        URI uri = URI.create(services.get(order.get(0)).url(path) + "?" + hops);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
        if (!header.isEmpty()) {
            request.header("X-Amzn-Trace-Id", header);
        }
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> seen = new ArrayList<>();
        Api.read(answer.body()).forEach(seen::add);
        assertThat(seen).extracting(one -> one.path("service").asText()).containsExactlyElementsOf(order);
        return seen;
    }

    private static String part(JsonNode seen, String key) {
        for (String part : seen.path("header").asText().split(";")) {
            if (part.startsWith(key + "=")) {
                return part.substring(key.length() + 1);
            }
        }
        return "";
    }

    private static Map<String, ObjectNode> arrived(String traceId, int segments) {
        return Awaitility.await()
                .atMost(DEADLINE)
                .until(
                        () -> api.trace(traceId),
                        all -> all.values().stream()
                                        .filter(MixedLanguagesIT::isSegment)
                                        .count()
                                >= segments);
    }

    private static boolean isSegment(ObjectNode document) {
        return services.containsKey(document.path("name").asText());
    }

    /** Each service's segment is below a subsegment of the one that called it. */
    private static void assertOneTree(Map<String, ObjectNode> trace, List<String> order) {
        String above = null;
        for (String name : order) {
            ObjectNode segment = trace.values().stream()
                    .filter(one -> one.path("name").asText().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no segment of " + name + " in " + trace));
            if (above != null) {
                ObjectNode caller = trace.get(segment.path("parent_id").asText());
                assertThat(caller).as("the parent of %s in %s", name, trace).isNotNull();
                String segmentAbove = caller.path("id").asText();
                while (trace.containsKey(
                        trace.get(segmentAbove).path("parent_id").asText())) {
                    if (isSegment(trace.get(segmentAbove))) {
                        break;
                    }
                    segmentAbove = trace.get(segmentAbove).path("parent_id").asText();
                }
                assertThat(trace.get(segmentAbove).path("name").asText()).isEqualTo(above);
            }
            above = name;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "java, python, node",
        "java, node, python",
        "python, java, node",
        "python, node, java",
        "node, java, python",
        "node, python, java"
    })
    void firstDecidesYes_oneTraceOfThreeServices(String first, String second, String third) throws Exception {
        List<String> order = List.of(first, second, third);
        List<JsonNode> seen = ask("/relay", "", order);

        String traceId = part(seen.get(1), "Root");
        assertThat(part(seen.get(2), "Root")).isEqualTo(traceId);
        assertThat(seen.subList(1, 3))
                .allSatisfy(one -> assertThat(part(one, "Sampled")).isEqualTo("1"));
        Map<String, ObjectNode> trace = arrived(traceId, 3);
        assertThat(trace.values().stream().filter(MixedLanguagesIT::isSegment)).hasSize(3);
        assertOneTree(trace, order);
        if (kind == Daemon.Kind.DAEMON && order.equals(List.of("python", "java", "node"))) {
            Files.writeString(
                    Path.of("target", "mixed-languages-trace.json"),
                    api.documents(traceId).toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "java, python, node",
        "java, node, python",
        "python, java, node",
        "python, node, java",
        "node, java, python",
        "node, python, java"
    })
    void firstDecidesNo_theOthersAskNobody(String first, String second, String third) throws Exception {
        List<String> order = List.of(first, second, third);
        Set<String> before = traces();
        List<JsonNode> seen = ask("/unsampled", "", order);

        assertThat(seen.subList(1, 3))
                .allSatisfy(one -> assertThat(part(one, "Sampled")).isEqualTo("0"));
        // What this request had sent would be here before what the next one sends.
        String traceId = part(ask("/relay", "", order).get(1), "Root");
        arrived(traceId, 3);
        assertThat(traces()).containsAll(before).contains(traceId).hasSize(before.size() + 1);
    }

    private static Set<String> traces() {
        return api.documents().stream()
                .map(document -> document.path("trace_id").asText())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({
        "java, python, node, 1",
        "java, node, python, 0",
        "python, java, node, 0",
        "python, node, java, 1",
        "node, java, python, 1",
        "node, python, java, 0"
    })
    void callerHasDecided_allFollow(String first, String second, String third, String sampled) throws Exception {
        List<String> order = List.of(first, second, third);
        String traceId = "1-" + Long.toHexString(System.currentTimeMillis() / 1000) + "-"
                + "%024x".formatted(order.hashCode() & 0xffffffffL);
        List<JsonNode> seen = ask("/relay", "Root=" + traceId + ";Parent=53995c3f42cd8ad8;Sampled=" + sampled, order);

        assertThat(seen).allSatisfy(one -> assertThat(part(one, "Sampled")).isEqualTo(sampled));
        if (sampled.equals("1")) {
            assertThat(part(seen.get(2), "Root")).isEqualTo(traceId);
            assertOneTree(arrived(traceId, 3), order);
        } else {
            arrived(part(ask("/relay", "", order).get(1), "Root"), 3);
            assertThat(api.documents(traceId)).isEmpty();
        }
    }
}
