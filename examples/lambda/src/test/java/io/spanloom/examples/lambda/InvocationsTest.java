package io.spanloom.examples.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One process of a function, invoked again and again: the order of the tests is the order of the invocations. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InvocationsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDER = "{\"id\":\"o-1\",\"quantity\":3}";

    @TempDir
    static Path folder;

    private static RuntimeApi api;
    private static Daemon daemon;
    private static Function function;

    @BeforeAll
    static void start() throws Exception {
        api = new RuntimeApi();
        daemon = new Daemon();
        function = new Function(api, daemon.address(), folder.resolve("function.log"));
    }

    @AfterAll
    static void stop() {
        function.close();
        daemon.close();
        api.close();
    }

    private static String trace(int number) {
        return "1-5759e988-00000000000000000000000" + number;
    }

    /** The id of the segment that Lambda sends for the function. */
    private static String functionSegment(int number) {
        return "000000000000000" + number;
    }

    private static RuntimeApi.Answer invoke(int number, String sampled, String body) throws Exception {
        String header = "Root=" + trace(number) + ";Parent=" + functionSegment(number) + sampled;
        RuntimeApi.Answer answer = api.invoke("request-" + number, header, body);
        assertThat(function.isAlive()).as(log()).isTrue();
        return answer;
    }

    private static String log() throws Exception {
        return Files.readString(folder.resolve("function.log"));
    }

    private static List<JsonNode> arrived(int number, int spans) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> daemon.ofTrace(trace(number)), all -> all.size() >= spans);
    }

    private static JsonNode named(List<JsonNode> spans, String name) {
        return spans.stream()
                .filter(span -> span.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + spans));
    }

    /** With the segment that Lambda sends they are one tree: nobody's parent is missing, and none is a segment. */
    private static void assertBelowTheFunction(List<JsonNode> spans, int number) {
        Set<String> known = spans.stream().map(span -> span.path("id").asText()).collect(Collectors.toSet());
        known.add(functionSegment(number));
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.path("parent_id").asText()).isIn(known);
            assertThat(span.path("type").asText("subsegment")).isEqualTo("subsegment");
        });
        assertThat(spans)
                .filteredOn(span -> span.path("parent_id").asText().equals(functionSegment(number)))
                .hasSize(1);
    }

    @Test
    @Order(1)
    void coldStart_isOneTraceWithTheFunctionsSegment() throws Exception {
        RuntimeApi.Answer answer = invoke(1, ";Sampled=1", ORDER);

        assertThat(answer.path()).endsWith("/request-1/response");
        assertThat(JSON.readTree(answer.body()).path("cents").asInt()).isEqualTo(3_750);
        List<JsonNode> spans = arrived(1, 2);
        assertBelowTheFunction(spans, 1);
        assertThat(named(spans, "OrderHandler.handleRequest")
                        .at("/annotations/cold_start")
                        .asBoolean())
                .isTrue();
        assertThat(named(spans, "price").at("/metadata/orders/quantity").asInt())
                .isEqualTo(3);
    }

    @Test
    @Order(2)
    void warmInvocation_isAnotherTrace() throws Exception {
        invoke(2, ";Sampled=1", ORDER);

        List<JsonNode> spans = arrived(2, 2);
        assertBelowTheFunction(spans, 2);
        JsonNode top = named(spans, "OrderHandler.handleRequest");
        assertThat(top.at("/annotations/cold_start").asBoolean(true)).isFalse();
        assertThat(top.at("/annotations/order").asText()).isEqualTo("o-1");
        assertThat(daemon.ofTrace(trace(1))).hasSize(2);
    }

    @Test
    @Order(3)
    void processThatIsFrozenAtTheAnswer_hasSentAll() throws Exception {
        invoke(3, ";Sampled=1", ORDER);
        function.freeze();
        try {
            assertBelowTheFunction(arrived(3, 2), 3);
        } finally {
            function.thaw();
        }
    }

    @Test
    @Order(4)
    void unsampledInvocation_sendsNothingAndTellsTheNextService() throws Exception {
        int before = daemon.documents().size();
        RuntimeApi.Answer answer = invoke(4, ";Sampled=0", ORDER);

        String header = JSON.readTree(answer.body()).path("header").asText();
        assertThat(header).startsWith("Root=" + trace(4)).contains("Sampled=0");
        invoke(5, ";Sampled=1", ORDER); // what the one before had sent would be here by now
        arrived(5, 2);
        assertThat(daemon.ofTrace(trace(4))).isEmpty();
        assertThat(daemon.documents()).hasSize(before + 1);
    }

    @Test
    @Order(5)
    void failure_isTheFunctionsAndOnTheTrace() throws Exception {
        RuntimeApi.Answer answer = invoke(6, ";Sampled=1", "{\"id\":\"o-2\"}");

        assertThat(answer.path()).endsWith("/request-6/error");
        assertThat(answer.body()).contains("an order needs a quantity");
        List<JsonNode> spans = arrived(6, 2);
        assertBelowTheFunction(spans, 6);
        JsonNode top = named(spans, "OrderHandler.handleRequest");
        assertThat(top.path("fault").asBoolean()).isTrue();
        assertThat(spans.toString()).contains("an order needs a quantity");
    }

    @Test
    @Order(6)
    void headerOfACall_continuesTheInvocationsTrace() throws Exception {
        RuntimeApi.Answer answer = invoke(7, ";Sampled=1", ORDER);

        String top =
                named(arrived(7, 2), "OrderHandler.handleRequest").path("id").asText();
        assertThat(JSON.readTree(answer.body()).path("header").asText())
                .isEqualTo("Root=" + trace(7) + ";Parent=" + top + ";Sampled=1");
    }

    @Test
    @Order(7)
    void allTheWhile_nothingWasComplainedOf() throws Exception {
        assertThat(log()).doesNotContain("TRC-").doesNotContain("Exception in");
    }
}
