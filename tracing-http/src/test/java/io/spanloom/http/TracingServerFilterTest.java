package io.spanloom.http;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.Http;
import io.spanloom.SpanKind;
import io.spanloom.test.SpanAssert;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TracingExtension.class)
class TracingServerFilterTest {

    private final TestServer server = new TestServer(new TracingServerFilter());
    private final HttpClient client = HttpClient.newHttpClient();

    TracingServerFilterTest() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url(path)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static SpanAssert only(TraceRecorder traces, String name) {
        traces.awaitTraces(1);
        return assertThat(traces.onlyTrace()).hasRoot(name);
    }

    @Test
    void request_isASegmentOfWhatItsHandlerDoes(TraceRecorder traces) throws Exception {
        assertThat(get("/ok", "User-Agent", "curl/8").body()).isEqualTo("ok");

        only(traces, "GET")
                .withKind(SpanKind.SERVER)
                .withHttpStatus(200)
                .withoutError()
                .hasChild("work");
        assertThat(traces.onlyTrace().roots().get(0).request())
                .isEqualTo(Http.request("GET", server.url("/ok"))
                        .userAgent("curl/8")
                        .clientIp("127.0.0.1"));
        assertThat(traces.onlyTrace().roots().get(0).response())
                .isEqualTo(Http.response(200).contentLength(2));
    }

    @Test
    void contextsPath_isTheOperation(TraceRecorder traces) throws Exception {
        get("/files/a.txt");

        only(traces, "GET /files");
    }

    @Test
    void operationNamedByTheHandler_isTheSpans(TraceRecorder traces) throws Exception {
        get("/later");

        only(traces, "GET /:later");
    }

    @Test
    void routes_areNamedByTheFunction(TraceRecorder traces) throws Exception {
        try (TestServer routed = new TestServer(new TracingServerFilter(exchange -> "/{everything}"))) {
            client.send(HttpRequest.newBuilder(URI.create(routed.url("/ok"))).build(), BodyHandlers.ofString());
        }

        only(traces, "GET /:everything");
    }

    @Test
    void functionThatThrows_harmsNobody(TraceRecorder traces) throws Exception {
        try (TestServer routed = new TestServer(new TracingServerFilter(exchange -> {
            throw new IllegalStateException("no route");
        }))) {
            assertThat(client.send(
                                    HttpRequest.newBuilder(URI.create(routed.url("/files")))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(traces).hasTraces(0);
    }

    @Test
    void statuses_areOutcomes(TraceRecorder traces) throws Exception {
        get("/missing");
        only(traces, "GET").withHttpStatus(404).withError();
        traces.clear();
        get("/throttled");
        only(traces, "GET").withThrottle();
        traces.clear();
        get("/fails");
        only(traces, "GET").withFault();
    }

    @Test
    void exception_isAFault(TraceRecorder traces) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url("/boom")))
                .POST(HttpRequest.BodyPublishers.ofString("x")) // a GET would be sent again
                .build();
        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString())).isInstanceOf(IOException.class);

        only(traces, "POST").withFault().withException(IOException.class, "boom");
    }

    @Test
    void headersTrace_goesOn(TraceRecorder traces) throws Exception {
        HttpResponse<String> response =
                get("/ok", "X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=?");

        traces.awaitTraces(1);
        assertThat(traces.onlyTrace().traceId()).isEqualTo("5759e988bd862e3fe1be46a994272793");
        assertThat(response.headers().firstValue("X-Amzn-Trace-Id")).isPresent();
    }
}
