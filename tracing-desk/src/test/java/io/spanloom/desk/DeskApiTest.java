package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.HEADER;
import static io.spanloom.desk.Fixtures.TRACE;
import static io.spanloom.desk.Fixtures.XRAY_TRACE;
import static io.spanloom.desk.Fixtures.segmentJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the desk says of itself below {@code /desk/}. */
class DeskApiTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TraceDesk desk =
            TraceDesk.builder().quiet(Duration.ofMillis(50)).start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void whatWasRefused_isInTheInboxWithItsReasonAndBeginning() throws Exception {
        TraceDeskTest.sendXRay(desk.xrayAddress(), HEADER + "{'id':'000000000000000a','name':'x");
        await().until(() -> desk.counters().rejectedTotal() == 1);

        JsonNode entry = ask("inbox").at("/entries/0");

        assertThat(entry.get("protocol").asText()).isEqualTo("udp");
        assertThat(entry.get("reason").asText()).isEqualTo("bad-json");
        assertThat(entry.get("detail").asText()).isNotEmpty();
        assertThat(entry.get("excerpt").asText()).contains("\"name\":\"x");
        assertThat(entry.get("bytes").asInt()).isEqualTo(HEADER.length() + 34);
        assertThat(entry.get("time").asDouble()).isGreaterThan(1.7e9);
    }

    @Test
    void delete_forgetsAllTraces() throws Exception {
        put(segmentJson("000000000000000a", ""));
        assertThat(desk.traces()).hasSize(1);

        assertThat(delete("traces?filter=fault", null).statusCode()).isEqualTo(400);
        assertThat(delete("traces/" + XRAY_TRACE, null).statusCode()).isEqualTo(405);
        assertThat(delete("traces", "http://elsewhere.example").statusCode()).isEqualTo(403);
        assertThat(desk.traces()).hasSize(1);

        HttpResponse<String> answer = delete("traces", null);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"cleared\":1}");
        assertThat(desk.traces()).isEmpty();
        assertThat(ask("stats").at("/traces/cleared").asInt()).isEqualTo(1);
    }

    private HttpResponse<String> delete(String path, @Nullable String origin) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + desk.httpAddress().getPort() + "/desk/" + path))
                .DELETE();
        if (origin != null) {
            request.header("Origin", origin);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void refusedByOtlpAndByTheApi_isInTheInbox() throws Exception {
        post(desk.otlpAddress(), "/v1/traces", "application/x-protobuf", new byte[] {1, 2, 3});
        post(desk.httpAddress(), "/TraceSegments", "application/json", bytes("{\"TraceSegmentDocuments\":[\"{}\"]}"));
        post(desk.httpAddress(), "/TraceSegments", "application/json", bytes("{"));

        JsonNode entries = ask("inbox").get("entries");

        assertThat(entries.findValuesAsText("protocol")).containsExactly("api", "api", "otlp");
        assertThat(entries.findValuesAsText("reason")).containsExactly("bad-json", "bad-trace-id", "bad-otlp");
        assertThat(entries.get(2).get("excerpt").asText()).isEqualTo("01 02 03");
    }

    @Test
    void inbox_keepsTheNewestAndCountsAll() throws Exception {
        for (int i = 0; i < Inbox.MAX + 20; i++) {
            post(desk.httpAddress(), "/TraceSegments", "application/json", bytes("{" + i));
        }

        JsonNode inbox = ask("inbox?limit=2");
        assertThat(inbox.get("total").asInt()).isEqualTo(Inbox.MAX + 20);
        assertThat(inbox.get("entries")).hasSize(2);
        assertThat(inbox.at("/entries/0/number").asInt()).isEqualTo(Inbox.MAX + 20);
        assertThat(ask("inbox").get("entries")).hasSize(Inbox.MAX);
        assertThat(ask("inbox?after=" + (Inbox.MAX + 19)).get("entries")).hasSize(1);
    }

    @Test
    void counters_haveTheDaemonsNames() throws Exception {
        TraceDeskTest.sendXRay(desk.xrayAddress(), "garbage");
        TraceDeskTest.sendXRay(desk.xrayAddress(), HEADER + segmentJson("000000000000000a", ""));
        desk.awaitTraces(1, SOON);

        JsonNode stats = ask("stats");

        assertThat(stats.get("SegmentsReceivedCount").asInt()).isEqualTo(2);
        assertThat(stats.get("SegmentsSentCount").asInt()).isEqualTo(1);
        assertThat(stats.get("SegmentsRejectedCount").asInt()).isEqualTo(1);
        assertThat(stats.has("SegmentsSpilloverCount")).isTrue();
        assertThat(stats.at("/rejected/no-newline").asInt()).isEqualTo(1);
        assertThat(stats.at("/traces/held").asInt()).isEqualTo(1);
        assertThat(stats.at("/traces/bytes").asInt()).isPositive();
    }

    @Test
    void list_isTheNewestFirstByPages() throws Exception {
        for (int i = 1; i <= 5; i++) {
            put(segmentJson("000000000000000a", i == 3 ? ",'fault':true" : "")
                    .replace(XRAY_TRACE, "1-00000001-%024x".formatted(i)));
        }

        JsonNode first = ask("traces?limit=2");
        JsonNode second = ask("traces?limit=2&before=" + first.get("next").asText());
        JsonNode third = ask("traces?limit=2&before=" + second.get("next").asText());

        assertThat(List.of(first, second, third).stream()
                        .flatMap(page -> page.get("traces").findValuesAsText("id").stream())
                        .map(id -> id.substring(34)))
                .containsExactly("5", "4", "3", "2", "1");
        assertThat(third.get("next").isNull()).isTrue();
        assertThat(ask("traces?filter=fault").at("/traces/0/outcome").asText()).isEqualTo("fault");
    }

    @Test
    void trace_isGivenAsJsonAndAsAPicture() throws Exception {
        put(segmentJson("000000000000000a", ""));

        assertThat(ask("traces/" + XRAY_TRACE).get("traceId").asText()).isEqualTo(TRACE);
        assertThat(get("traces/" + TRACE + "?as=text&width=80&glyphs=ascii").body())
                .startsWith("== " + XRAY_TRACE)
                .contains("svc");
    }

    @Test
    void documents_areThoseThatWereSent() throws Exception {
        String document = segmentJson("000000000000000a", ",'foo':1").replace('\'', '"');
        put(document);

        JsonNode answer = ask("documents?filter=" + URLEncoder.encode("service(\"svc\")", StandardCharsets.UTF_8));

        assertThat(answer.at("/traces/0/id").asText()).isEqualTo(XRAY_TRACE);
        assertThat(answer.at("/traces/0/documents/0").asText()).isEqualTo(document);
        assertThat(answer.get("next").isNull()).isTrue();
    }

    @Test
    void shown_goesOnFromWhereOneWas() throws Exception {
        put(segmentJson("000000000000000a", ""));
        desk.awaitTraces(1, SOON);

        JsonNode shown = ask("shown?after=0");

        assertThat(shown.at("/shown/0/id").asText()).isEqualTo(XRAY_TRACE);
        assertThat(shown.at("/shown/0/complete").asBoolean()).isTrue();
        assertThat(ask("shown?after=" + shown.get("last").asText()).get("shown"))
                .isEmpty();
    }

    @Test
    void info_saysWhereTheDeskListens() throws Exception {
        assertThat(ask("info").get("otlp").asText()).isEqualTo(Addresses.text(desk.otlpAddress()));
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, 404",
        "traces/1-00000000-000000000000000000000000, 404",
        "traces/xyz, 400",
        "traces?limit=0, 400",
        "traces?limit=many, 400",
        "traces?filter=responsetime%20%3E%20fast, 400",
        "traces?group=none, 400",
        "traces?filter=%zz, 400",
    })
    void whatCannotBeAnswered_hasAStatus(String path, int status) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(new ObjectMapper().readTree(response.body()).get("Message").asText())
                .isNotEmpty();
    }

    @Test
    void otherMethods_areRefused() throws Exception {
        assertThat(post(desk.httpAddress(), "/desk/stats", "application/json", bytes("{}"))
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void daemonsPort_doesNotSpeakOfTheDesk() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + Addresses.text(desk.xrayAddress()) + "/desk/stats"))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void detailOfARefusal_isKeptCut() {
        String detail = Refused.unread(Protocol.UDP, Rejection.BAD_JSON, "x".repeat(60_000))
                .detail();
        assertThat(detail).hasSizeLessThanOrEqualTo(Refused.EXCERPT);
    }

    @Test
    void why_withNothingSent_saysSo() throws Exception {
        assertThat(problems("why")).anyMatch(text -> text.contains("nothing has ever been sent"));
    }

    @Test
    void why_ofATraceThatIsHere_saysSo() throws Exception {
        put(segmentJson("000000000000000a", ""));

        assertThat(ask("why?id=" + XRAY_TRACE).at("/findings/0/text").asText()).contains("is here, finished");
        assertThat(problems("why")).isEmpty();
    }

    @Test
    void why_ofATraceThatWasRefused_pointsToTheInbox() throws Exception {
        put("{'id':'x','trace_id':'" + XRAY_TRACE + "'}");

        assertThat(problems("why?id=" + TRACE))
                .anyMatch(text -> text.contains("1 document of it refused"))
                .anyMatch(text -> text.startsWith("1 document refused: 1 x "));
    }

    @Test
    void why_namesClocksRulesAndGroupsThatAreWrong() throws Exception {
        put(segmentJson("000000000000000a", "").replace("101", "9999999999"));
        api("/CreateGroup", "{\"GroupName\":\"none\",\"FilterExpression\":\"service(\\\"nobody\\\")\"}");
        api(
                "/CreateSamplingRule",
                "{\"SamplingRule\":{\"RuleName\":\"shop\",\"Priority\":1,\"FixedRate\":0.5,\"ReservoirSize\":1,"
                        + "\"ServiceName\":\"shop\",\"ServiceType\":\"*\",\"Host\":\"*\",\"HTTPMethod\":\"*\",\"URLPath\":\"*\","
                        + "\"ResourceARN\":\"*\",\"Version\":1}}");
        api("/GetSamplingRules", "{}");
        api(
                "/SamplingTargets",
                "{\"SamplingStatisticsDocuments\":[{\"RuleName\":\"Default\",\"ClientID\":\"0123456789abcdef01234567\","
                        + "\"Timestamp\":1,\"RequestCount\":10,\"SampledCount\":0}]}");

        assertThat(problems("why"))
                .anyMatch(text -> text.contains("the clocks disagree"))
                .anyMatch(text -> text.contains("rule shop (1 a second, 50 % of the rest): no request has matched it"))
                .anyMatch(text -> text.contains("rule Default (1 a second, 5 % of the rest): 0 of 10 requests sampled"))
                .anyMatch(text -> text.contains("group none matches none of the traces held"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"traces/..%2f..%2fetc", "traces/", "%00"})
    void oddPaths_areAnswered(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 404);
    }

    private List<String> problems(String path) throws Exception {
        List<String> problems = new ArrayList<>();
        for (JsonNode finding : ask(path).get("findings")) {
            if (finding.get("level").asText().equals("problem")) {
                problems.add(finding.get("text").asText());
            }
        }
        return problems;
    }

    private void put(String document) throws Exception {
        String json = document.replace('\'', '"');
        api("/TraceSegments", "{\"TraceSegmentDocuments\":[" + new ObjectMapper().writeValueAsString(json) + "]}");
    }

    private void api(String path, String body) throws Exception {
        HttpResponse<String> response = post(desk.httpAddress(), path, "application/json", bytes(body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(InetSocketAddress address, String path, String type, byte[] body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + Addresses.text(address) + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode ask(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        String uri = "http://" + Addresses.text(desk.httpAddress()) + "/desk/" + path.replace("%zz", "%25zz");
        return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
