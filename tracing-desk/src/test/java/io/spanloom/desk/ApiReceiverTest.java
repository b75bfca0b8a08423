package io.spanloom.desk;

import static io.spanloom.desk.Fixtures.HEADER;
import static io.spanloom.desk.Fixtures.XRAY_TRACE;
import static io.spanloom.desk.Fixtures.segmentJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API as HTTP: limits, errors, whom it listens to; and traces through it. */
class ApiReceiverTest {
    private static final String ALL_TIMES = "\"StartTime\":0,\"EndTime\":99999999999";

    private final TraceDesk desk = TraceDesk.builder()
            .quiet(Duration.ofMillis(50))
            .allowedHosts(Set.of("desk"))
            .start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void documentByTheApi_isFoundAndGivenBack() throws Exception {
        String document = segmentJson("000000000000000a", ",'fault':true").replace('\'', '"');
        assertThat(put(document).get("UnprocessedTraceSegments")).isEmpty();

        JsonNode found =
                ask("/TraceSummaries", "{" + ALL_TIMES + ",\"FilterExpression\":\"service(\\\"svc\\\") { fault }\"}");
        assertThat(found.get("TraceSummaries")).hasSize(1);
        JsonNode summary = found.get("TraceSummaries").get(0);
        assertThat(summary.get("Id").asText()).isEqualTo(XRAY_TRACE);
        assertThat(summary.get("HasFault").asBoolean()).isTrue();
        assertThat(summary.get("ResponseTime").asDouble()).isEqualTo(1);
        assertThat(summary.at("/EntryPoint/Name").asText()).isEqualTo("svc");
        JsonNode traces =
                ask("/Traces", "{\"TraceIds\":[\"" + XRAY_TRACE + "\",\"1-00000000-000000000000000000000000\"]}");
        assertThat(traces.at("/Traces/0/Segments/0/Document").asText()).isEqualTo(document);
        assertThat(traces.get("UnprocessedTraceIds")).hasSize(1);
        assertThat(ask("/TraceGraph", "{\"TraceIds\":[\"" + XRAY_TRACE + "\"]}").get("Services"))
                .hasSize(2);
        assertThat(ask("/ServiceGraph", "{" + ALL_TIMES + "}").get("Services")).hasSize(2);
        assertThat(ask("/TimeSeriesServiceStatistics", "{" + ALL_TIMES + ",\"EntitySelectorExpression\":\"service()\"}")
                        .at("/TimeSeriesServiceStatistics/0/ServiceSummaryStatistics/FaultStatistics/TotalCount")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void documentsThatCannotBeTaken_areNamedAndCounted() throws Exception {
        JsonNode unprocessed = put("{\"id\":\"000000000000000a\"}").get("UnprocessedTraceSegments");

        assertThat(unprocessed.at("/0/ErrorCode").asText()).isEqualTo("BadTraceId");
        assertThat(desk.counters().rejectedTotal()).isEqualTo(1);
        assertThat(put("x".repeat(70_000))
                        .at("/UnprocessedTraceSegments/0/ErrorCode")
                        .asText())
                .isEqualTo("Oversize");
    }

    @Test
    void pages_holdEveryTraceOnceThoughMoreComeMeanwhile() throws Exception {
        put(traces(0, 600));
        put(traces(600, 1_100));
        Set<String> ids = new HashSet<>();
        String token = "";
        int pages = 0;
        do {
            JsonNode page = ask("/TraceSummaries", "{" + ALL_TIMES + ",\"NextToken\":\"" + token + "\"}");
            page.get("TraceSummaries")
                    .forEach(summary ->
                            assertThat(ids.add(summary.get("Id").asText())).isTrue());
            token = page.path("NextToken").asText();
            put(trace(5_000 + pages++));
        } while (!token.isEmpty());

        assertThat(ids).hasSize(1_100);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void daemonsPort_answersTheSameApi() throws Exception {
        TraceDeskTest.sendXRay(desk.xrayAddress(), HEADER + segmentJson("000000000000000a", ""));
        desk.awaitTraces(1, Duration.ofSeconds(10));

        HttpResponse<String> rules =
                send(request(desk.xrayAddress(), "/GetSamplingRules", "".getBytes(StandardCharsets.UTF_8)));
        assertThat(rules.statusCode()).isEqualTo(200);
        assertThat(rules.body()).contains("\"RuleName\":\"Default\"");
        assertThat(ask("/TraceSummaries", "{" + ALL_TIMES + "}").get("TraceSummaries"))
                .hasSize(1);
    }

    @Test
    void error_hasStatusTypeAndMessage() throws Exception {
        HttpResponse<String> response =
                send(request(desk.httpAddress(), "/GetGroup", bytes("{\"GroupName\":\"none\"}")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains("InvalidRequestException");
        assertThat(response.body()).isEqualTo("{\"Message\":\"there is no group none\"}");
    }

    @ParameterizedTest
    @CsvSource({"[], 400", "{, 400", "{}{}, 400", "nonsense, 400"})
    void bodyThatIsNoObject_isRefused(String body, int status) throws Exception {
        assertThat(send(request(desk.httpAddress(), "/Groups", bytes(body))).statusCode())
                .isEqualTo(status);
    }

    @Test
    void deepAndLargeBodies_areRefused() throws Exception {
        String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThat(send(request(desk.httpAddress(), "/Groups", bytes(deep))).statusCode())
                .isEqualTo(400);
        byte[] bomb = gzip(new byte[RequestBody.MAX_EXPANDED_BYTES + 1]);
        HttpRequest zipped = HttpRequest.newBuilder(uri(desk.httpAddress(), "/Groups"))
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bomb))
                .build();
        assertThat(send(zipped).statusCode()).isEqualTo(413);
    }

    @Test
    void gzipBody_isRead() throws Exception {
        HttpRequest zipped = HttpRequest.newBuilder(uri(desk.httpAddress(), "/GetGroup"))
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(bytes("{\"GroupName\":\"Default\"}"))))
                .build();
        assertThat(send(zipped).body()).contains("\"GroupName\":\"Default\"");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:1, '', 200",
        "127.0.0.1, '', 200",
        "[::1]:80, '', 200",
        "desk:2080, '', 200",
        "evil.example, '', 403",
        "127.0.0.1.evil.example:2080, '', 403",
        "localhost:1, http://localhost:1, 200",
        "localhost:1, http://evil.example, 403",
        "localhost:1, null, 403",
    })
    void hostAndOrigin_decideWhoIsHeard(String host, String origin, int status) throws Exception {
        assertThat(raw(host, origin)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void otherMethods_areRefused() throws Exception {
        HttpRequest get =
                HttpRequest.newBuilder(uri(desk.httpAddress(), "/Groups")).build();
        assertThat(send(get).statusCode()).isEqualTo(405);
    }

    private static String trace(int number) {
        return segmentJson("000000000000000a", "")
                .replace('\'', '"')
                .replace(XRAY_TRACE, "1-00000001-%024x".formatted(number));
    }

    private static String[] traces(int from, int to) {
        return IntStream.range(from, to).mapToObj(ApiReceiverTest::trace).toArray(String[]::new);
    }

    private JsonNode put(String... documents) throws Exception {
        ObjectMapper json = new ObjectMapper();
        return ask("/TraceSegments", json.writeValueAsString(Map.of("TraceSegmentDocuments", documents)));
    }

    private JsonNode ask(String path, String body) throws Exception {
        HttpResponse<String> response = send(request(desk.httpAddress(), path, bytes(body)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static HttpRequest request(InetSocketAddress address, String path, byte[] body) {
        return HttpRequest.newBuilder(uri(address, path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static URI uri(InetSocketAddress address, String path) {
        return URI.create("http://" + Addresses.text(address) + path);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The JDK's client lets nobody choose a Host. */
    private String raw(String host, String origin) throws IOException {
        InetSocketAddress address = desk.httpAddress();
        try (Socket socket = new Socket(address.getAddress(), address.getPort());
                OutputStream out = socket.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String from = origin.isEmpty() ? "" : "Origin: " + origin + "\r\n";
            out.write(bytes("POST /Groups HTTP/1.1\r\nHost: " + host + "\r\n" + from + "Content-Length: 2\r\n\r\n{}"));
            out.flush();
            return String.valueOf(in.readLine());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(body);
        }
        return zipped.toByteArray();
    }
}
