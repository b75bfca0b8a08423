package io.spanloom.desk.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.desk.Rejection;
import io.spanloom.desk.TraceDesk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page is made of and what it asks, without a browser. */
class PageServedTest {
    private static final Path FOLDER = Path.of("src/main/resources/io/spanloom/desk/page");
    private static final int MAX_BYTES = 300_000;

    private final TraceDesk desk = TraceDesk.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void wholePage_isLight() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isBetween(50_000L, (long) MAX_BYTES - 1);
    }

    @Test
    void noFile_makesMarkupOfText() throws IOException {
        for (Path file : files()) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .doesNotContain(
                            "innerHTML =",
                            "insertAdjacentHTML",
                            "document.write",
                            "eval(",
                            "new Function",
                            "setAttribute('style'");
        }
    }

    @Test
    void everyReasonOfRefusal_hasACure() throws IOException {
        String inbox = Files.readString(FOLDER.resolve("inbox-view.js"));
        for (Rejection reason : Rejection.values()) {
            assertThat(inbox).contains("\n  " + reason.name() + ": '");
        }
    }

    @Test
    void status_hasTheBoundsOfTheDesk() throws Exception {
        try (TraceDesk small = TraceDesk.builder().memory(1_000_000).start()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + small.httpAddress().getPort() + "/page/api/status"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("\"maxTraces\":100000,\"maxBytes\":1000000");
        }
    }

    @Test
    void noFile_comesFromElsewhere() throws IOException {
        for (Path file : files()) {
            assertThat(Files.readString(file).replace("http://www.w3.org/", ""))
                    .as(file.toString())
                    .doesNotContainPattern("(src|href|from|import|url)[=(' \"]+https?://");
        }
    }

    @Test
    void page_comesWithAStrictPolicy() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("require-trusted-types-for 'script'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.body()).contains("<desk-app>").doesNotContain("<style", "onclick");
    }

    @Test
    void everyFile_isServedWithItsType() throws Exception {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            HttpResponse<String> answer = get("/page/" + name);
            assertThat(answer.statusCode()).as(name).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .as(name)
                    .startsWith(
                            name.endsWith(".js")
                                    ? "text/javascript"
                                    : name.endsWith(".css")
                                            ? "text/css"
                                            : name.endsWith(".svg") ? "image/svg+xml" : "text/html");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/",
                "/page/Page.class",
                "/page/../TraceDesk.class",
                "/page/%2e%2e/TraceDesk.class",
                "/page/no.js",
                "/page/api/no",
                "/page/api/trace?id=1",
                "/page/api/span?id=%00"
            })
    void whatIsNotThere_is404(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void otherMethod_is405() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri("/page/app.js")).DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void foreignPage_mayNotAsk() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri("/page/api/traces"))
                        .header("Origin", "http://evil.example")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void wrongFilter_hasReasonAndPlace() throws Exception {
        HttpResponse<String> answer = get("/page/api/check?filter=" + encoded("responsetime > fast"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"expected a number, found fast\",\"position\":15}");
    }

    @Test
    void list_isFilteredSortedAndLimited() throws Exception {
        SampleTraces.send(address(), new SampleTraces(System.currentTimeMillis() / 1000.0).some(28));
        String answer = get("/page/api/traces?sort=spans&limit=3&filter=" + encoded("service(\"checkout\")"))
                .body();
        assertThat(answer)
                .contains("\"held\":28", "\"found\":8", "\"name\":\"POST /api/orders\"")
                .doesNotContain("GET /api/health");
        assertThat(answer.split("\"seq\":", -1)).hasSize(4);
    }

    @Test
    void stream_tellsWhatCame() throws Exception {
        HttpResponse<java.io.InputStream> stream = client.send(
                HttpRequest.newBuilder(uri("/page/api/live?since=0")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("data: {\"rows\":[]");
            SampleTraces.send(address(), new SampleTraces(System.currentTimeMillis() / 1000.0).some(3));
            StringBuilder told = new StringBuilder();
            while (told.toString().split("\"seq\":", -1).length < 4) {
                told.append(lines.readLine());
            }
            assertThat(told).contains("GET /api/activities/home", "\"rev\":");
        }
    }

    @Test
    void tooManyStreams_areRefused() throws Exception {
        List<HttpResponse<java.io.InputStream>> open = new java.util.ArrayList<>();
        int refused = 0;
        for (int i = 0; i < 30 && refused == 0; i++) {
            HttpResponse<java.io.InputStream> stream = client.send(
                    HttpRequest.newBuilder(uri("/page/api/live")).build(), HttpResponse.BodyHandlers.ofInputStream());
            open.add(stream);
            refused = stream.statusCode() == 503 ? 1 : 0;
        }
        assertThat(refused).isOne();
        // The desk answers others all the while.
        assertThat(get("/page/api/status").statusCode()).isEqualTo(200);
        for (HttpResponse<java.io.InputStream> stream : open) {
            stream.body().close();
        }
    }

    @Test
    void otlp_isImported() throws Exception {
        String otlp =
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"6b014935000000000000000000000001\",\"spanId\":\"0000000000000001\",\"name\":\"imported\",\"startTimeUnixNano\":\"1795287600000000000\",\"endTimeUnixNano\":\"1795287601000000000\"}]}]}]}";
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri("/page/api/import"))
                        .POST(HttpRequest.BodyPublishers.ofString(otlp))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("{\"spans\":1}");
        assertThat(get("/page/api/trace?id=6b014935000000000000000000000001").body())
                .contains("\"texts\":[\"imported\"");
    }

    @Test
    void importOfSomethingElse_saysWhatIsWrong() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri("/page/api/import"))
                        .POST(HttpRequest.BodyPublishers.ofString("[]"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("OTLP body that does not decode");
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.toList();
        }
    }

    private String address() {
        return "http://127.0.0.1:" + desk.httpAddress().getPort();
    }

    private URI uri(String path) {
        return URI.create(address() + path);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
