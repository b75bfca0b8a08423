package io.spanloom.http;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.SpanKind;
import io.spanloom.TracingConfig;
import io.spanloom.spi.MemorySpan;
import io.spanloom.test.RecordedTrace;
import io.spanloom.test.SpanAssert;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests to a real container, which serves {@link TestServlet} at {@code /api/*} behind the filter, and again behind it,
 * and the request log behind both.
 */
abstract class ServletCases {

    @RegisterExtension
    static final TracingExtension TRACING = TracingExtension.configured(
            c -> c.set(HttpKeys.EXCLUDE, "/health,/static/*").set(TracingConfig.LOG_MDC, "true"));

    final TestServlet servlet = new TestServlet();
    private final RequestLines log = new RequestLines();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    /** @return its port */
    abstract int startContainer() throws Exception;

    abstract void stopContainer() throws Exception;

    @BeforeEach
    void start() throws Exception {
        port = startContainer();
    }

    @AfterEach
    void stop() throws Exception {
        stopContainer();
        log.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static SpanAssert only(TraceRecorder traces, String name) {
        traces.awaitTraces(1);
        return assertThat(traces.onlyTrace()).hasRoot(name);
    }

    private static MemorySpan root(TraceRecorder traces) {
        traces.awaitTraces(1);
        return traces.onlyTrace().roots().get(0);
    }

    private static Http.Request request(TraceRecorder traces) {
        return Objects.requireNonNull(root(traces).request());
    }

    private static Http.Response response(TraceRecorder traces) {
        return Objects.requireNonNull(root(traces).response());
    }

    @Test
    void request_isASegmentOfWhatItsHandlerDoes(TraceRecorder traces) throws Exception {
        assertThat(get("/api/ok").body()).isEqualTo("ok");

        only(traces, "GET /api/")
                .withKind(SpanKind.SERVER)
                .withHttpStatus(200)
                .withoutError()
                .hasSpans(2)
                .hasChild("work");
    }

    @Test
    void request_keepsWhoAskedForWhat(TraceRecorder traces) throws Exception {
        get("/api/ok?q=secret&page=2", "User-Agent", "curl/8", "X-Forwarded-For", "203.0.113.9, 10.0.0.1");

        Http.Request request = request(traces);
        assertThat(request)
                .isEqualTo(Http.request("GET", uri("/api/ok?q=***&page=***").toString())
                        .userAgent("curl/8")
                        .forwardedFor("203.0.113.9"));
    }

    @Test
    void directClient_isThePeer(TraceRecorder traces) throws Exception {
        get("/api/ok");

        assertThat(request(traces).clientIp()).isEqualTo("127.0.0.1");
        assertThat(request(traces).forwarded()).isFalse();
    }

    @Test
    void headersTrace_goesOnAndIsAnswered(TraceRecorder traces) throws Exception {
        HttpResponse<String> response = get(
                "/api/ok",
                "X-Amzn-Trace-Id",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=?");

        traces.awaitTraces(1);
        RecordedTrace trace = traces.onlyTrace();
        assertThat(trace.traceId()).isEqualTo("5759e988bd862e3fe1be46a994272793");
        assertThat(trace.roots().get(0).parentSpanId()).isEqualTo("53995c3f42cd8ad8");
        assertThat(response.headers().firstValue("X-Amzn-Trace-Id"))
                .contains("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
    }

    @Test
    void notFound_isTheCallersError(TraceRecorder traces) throws Exception {
        assertThat(get("/api/missing").statusCode()).isEqualTo(404);

        only(traces, "GET /api/").withHttpStatus(404).withError();
    }

    @Test
    void tooManyRequests_isAThrottle(TraceRecorder traces) throws Exception {
        assertThat(get("/api/throttled").statusCode()).isEqualTo(429);

        only(traces, "GET /api/").withThrottle();
    }

    @Test
    void exception_isAFaultAndStill500(TraceRecorder traces) throws Exception {
        assertThat(get("/api/boom").statusCode()).isEqualTo(500);

        only(traces, "GET /api/").withHttpStatus(500).withFault().withException(IllegalStateException.class, "boom");
    }

    @Test
    void forward_isTheSameSegment(TraceRecorder traces) throws Exception {
        assertThat(get("/api/forward").body()).isEqualTo("ok");

        only(traces, "GET /api/").hasSpans(2).hasChild("work");
        assertThat(request(traces).url()).endsWith("/api/forward");
    }

    @Test
    void include_isTheSameSegment(TraceRecorder traces) throws Exception {
        assertThat(get("/api/include").body()).isEqualTo("ok");

        only(traces, "GET /api/").hasSpans(2).hasChild("work");
    }

    @Test
    void routeOfSpring_isTheOperation(TraceRecorder traces) throws Exception {
        get("/api/spring");

        only(traces, "GET /api/:id/x").hasSpans(1);
    }

    @Test
    void unmappedPath_hasTheMethodsName(TraceRecorder traces) throws Exception {
        get("/anything/at/all");

        only(traces, "GET");
    }

    @Test
    void excludedPath_isNotTraced(TraceRecorder traces) throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
        get("/static/a/b.css");
        get("/api/ok"); // when this one has arrived, the others would have, too

        only(traces, "GET /api/");
    }

    @Test
    void asyncRequest_endsWhenItIsCompleted(TraceRecorder traces) throws Exception {
        assertThat(get("/api/complete").statusCode()).isEqualTo(202);

        only(traces, "GET /api/").withHttpStatus(202).hasSpans(2).hasChild("elsewhere");
    }

    @Test
    void asyncRequestCompletedAtOnce_ends(TraceRecorder traces) throws Exception {
        assertThat(get("/api/completedAtOnce").statusCode()).isEqualTo(200);

        only(traces, "GET /api/").withHttpStatus(200).hasSpans(1);
    }

    @Test
    void asyncDispatch_isTheSameSegmentAndCurrentThere(TraceRecorder traces) throws Exception {
        assertThat(get("/api/dispatch").body()).isEqualTo("again");

        only(traces, "GET /api/").withHttpStatus(200).hasSpans(2).hasChild("dispatched");
    }

    @Test
    void asyncDispatchThatThrows_isAFault(TraceRecorder traces) throws Exception {
        assertThat(get("/api/dispatchedBoom").statusCode()).isEqualTo(500);

        only(traces, "GET /api/").withFault().withException(IllegalStateException.class, "boom");
    }

    @Test
    void asyncTimeout_isAFault(TraceRecorder traces) throws Exception {
        int status = get("/api/timeout").statusCode();

        assertThat(status).isGreaterThanOrEqualTo(500);
        assertThat(root(traces).outcome()).isEqualTo(Outcome.FAULT);
        assertThat(response(traces).status()).isEqualTo(status);
    }

    @Test
    void contentLength_isKeptWhereItIsSaid(TraceRecorder traces) throws Exception {
        get("/api/length");

        assertThat(response(traces).contentLength()).isEqualTo(3);
    }

    @Test
    void streamedBody_arrivesWhileItIsWritten(TraceRecorder traces) throws Exception {
        servlet.stream = new CountDownLatch(1);
        HttpResponse<InputStream> response =
                client.send(HttpRequest.newBuilder(uri("/api/stream")).build(), BodyHandlers.ofInputStream());

        try (InputStream body = response.body()) {
            assertThat(body.read()).isEqualTo('a');
            servlet.stream.countDown();
            assertThat(body.read()).isEqualTo('b');
        }
        only(traces, "GET /api/").withHttpStatus(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/ok;jsessionid=0A1B?a=1, /api/ok?a=*** 200",
        "/api/missing, /api/missing 404",
        "/api/boom, /api/boom 500",
        "/api/forward, /api/forward 200",
        "/api/include, /api/include 200",
        "/api/complete, /api/complete 202",
        "/api/completedAtOnce, /api/completedAtOnce 200",
        "/api/dispatch, /api/dispatch 200",
        "/api/restarted, /api/restarted 200",
        "/api/dispatchedBoom, /api/dispatchedBoom 500",
        "/api/timeout, /api/timeout 500"
    })
    void requestLog_hasOneLineWithTheTrace(String path, String logged, TraceRecorder traces) throws Exception {
        get(path);

        MemorySpan request = root(traces);
        log.await(1);
        get("/api/ok"); // when this one is logged, a second line of the first would be, too
        log.await(2);
        assertThat(log.lines()).first().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("127.0.0.1 GET http " + logged);
            assertThat(line.getMDCPropertyMap()).containsEntry("trace_id", request.traceId());
        });
        assertThat(log.lines()).hasSize(2);
    }
}
