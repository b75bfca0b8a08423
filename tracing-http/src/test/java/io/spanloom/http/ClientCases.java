package io.spanloom.http;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.spanloom.Http;
import io.spanloom.SpanKind;
import io.spanloom.Tracing;
import io.spanloom.test.SpanAssert;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client's calls to a service that is traced, too: what is the same for all clients. */
@ExtendWith(TracingExtension.class)
abstract class ClientCases {

    final TestServer server = new TestServer(new TracingServerFilter());

    ClientCases() throws IOException {}

    @AfterEach
    void stop() {
        server.close();
    }

    /** Gets a page. @return its status */
    abstract int get(String url) throws Exception;

    /** @param spans how many there will be, in both services: the service's may end after its answer is here */
    final SpanAssert traced(TraceRecorder traces, String path, int spans) throws Exception {
        Tracing.run("job", job -> get(server.url(path)));
        return recorded(traces, spans);
    }

    final SpanAssert recorded(TraceRecorder traces, int spans) {
        await().until(() -> traces.spans().size() >= spans);
        return assertThat(traces.onlyTrace()).hasRoot("job").hasSpans(spans);
    }

    @Test
    void call_isASpanThatTheServiceContinues(TraceRecorder traces) throws Exception {
        traced(traces, "/ok", 4)
                .hasChild("127.0.0.1")
                .withKind(SpanKind.CLIENT)
                .withHttpStatus(200)
                .withoutError()
                .hasChild("GET")
                .withKind(SpanKind.SERVER)
                .hasChild("work");
    }

    @Test
    void call_keepsMethodAndUrlWithoutSecrets(TraceRecorder traces) throws Exception {
        traced(traces, "/ok?key=1&page=2", 4);

        Http.Request request = traces.spans().stream()
                .filter(span -> span.name().equals("127.0.0.1"))
                .findFirst()
                .orElseThrow()
                .request();
        assertThat(request).isEqualTo(Http.request("GET", server.url("/ok?key=***&page=***")));
    }

    @Test
    void notFound_isAnErrorOfTheCallAlone(TraceRecorder traces) throws Exception {
        traced(traces, "/missing", 3)
                .withoutError()
                .hasChild("127.0.0.1")
                .withHttpStatus(404)
                .withError();
    }

    @Test
    void tooManyRequests_isAThrottle(TraceRecorder traces) throws Exception {
        traced(traces, "/throttled", 3).hasChild("127.0.0.1").withThrottle();
    }

    @Test
    void failureOfTheService_isAFaultOfTheCall(TraceRecorder traces) throws Exception {
        traced(traces, "/fails", 3).withoutError().hasChild("127.0.0.1").withFault();
    }

    @Test
    void refusedConnection_isAFaultAndTheClientsOwnException(TraceRecorder traces) throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        Throwable thrown = catchThrowable(() -> Tracing.run("job", job -> get("http://127.0.0.1:" + closed + "/")));

        assertThat(thrown).isInstanceOf(ConnectException.class);
        recorded(traces, 2).hasChild("127.0.0.1").withFault().withException(thrown.getClass());
    }

    @Test
    void callOfNoTrace_isNoSpanAndStillAnswered(TraceRecorder traces) throws Exception {
        assertThat(get(server.url("/ok"))).isEqualTo(200);

        traces.awaitTraces(1);
        assertThat(traces.onlyTrace()).hasRoot("GET"); // the service's own
    }
}
