package io.spanloom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.test.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TracingHttpClientTest extends ClientCases {

    private final HttpClient plain =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final HttpClient client = TracingHttpClient.wrap(plain);

    TracingHttpClientTest() throws IOException {}

    @Override
    int get(String url) throws Exception {
        return client.send(request(url), BodyHandlers.ofString()).statusCode();
    }

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).build();
    }

    @Test
    void wrappedTwice_isWrappedOnce() {
        assertThat(TracingHttpClient.wrap(client)).isSameAs(client);
    }

    @Test
    void asyncCall_endsWhenItCompletesAndIsNotCurrentMeanwhile(TraceRecorder traces) throws Exception {
        Tracing.run("job", job -> {
            CompletableFuture<HttpResponse<String>> call =
                    client.sendAsync(request(server.url("/held")), BodyHandlers.ofString());
            assertThat(Tracing.current()).isSameAs(job);
            assertThat(call).isNotDone();
            server.held.countDown();
            assertThat(call.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok");
        });

        recorded(traces, 3).hasChild("127.0.0.1").withHttpStatus(200).hasChild("GET");
    }

    @Test
    void asyncCallThatFails_isAFault(TraceRecorder traces) {
        Tracing.run("job", job -> {
            CompletableFuture<?> call = client.sendAsync(request("http://127.0.0.1:1/"), BodyHandlers.discarding());
            assertThatThrownBy(call::join).isInstanceOf(CompletionException.class);
        });

        recorded(traces, 2).hasChild("127.0.0.1").withFault();
    }

    @Test
    void cancelledCall_isCancelledInTheClient(TraceRecorder traces) {
        Tracing.run("job", job -> {
            CompletableFuture<?> call = client.sendAsync(request(server.url("/held")), BodyHandlers.discarding());
            assertThat(call.getClass())
                    .isEqualTo(plain.sendAsync(request(server.url("/ok")), BodyHandlers.discarding())
                            .getClass());
            assertThat(call.cancel(true)).isTrue();
            assertThat(catchThrowable(call::join))
                    .matches(thrown -> thrown instanceof CancellationException
                            || thrown.getCause() instanceof CancellationException);
        });
        server.held.countDown();

        await().untilAsserted(() -> assertThat(
                        traces.spans().stream().filter(span -> span.name().equals("127.0.0.1")))
                .singleElement()
                .satisfies(span -> assertThat(span.annotations()).containsEntry("cancelled", true)));
    }

    @Test
    void redirectedCall_isOneSpanAndKeepsItsTrace(TraceRecorder traces) throws Exception {
        traced(traces, "/moved", 5).hasChild("127.0.0.1").withHttpStatus(200); // job, call, two requests, work
    }

    @Test
    void nameOfTheDependency_takesTheHostsPlace(TraceRecorder traces) throws Exception {
        HttpClient profiles = TracingHttpClient.wrap(plain, "profiles");
        Tracing.run("job", job -> profiles.send(request(server.url("/ok")), BodyHandlers.discarding()));

        recorded(traces, 4).hasChild("profiles").withHttpStatus(200);
    }

    @Test
    void nullRequest_isTheClientsOwnComplaint() {
        assertThatThrownBy(() -> client.send(null, BodyHandlers.discarding())).isInstanceOf(NullPointerException.class);
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    @Test
    void settings_areTheWrappedClients() {
        assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.NORMAL);
        assertThat(client.version()).isEqualTo(plain.version());
        assertThat(client.sslContext()).isSameAs(plain.sslContext());
        assertThat(client.executor()).isEqualTo(plain.executor());
        assertThat(client.newWebSocketBuilder()).isNotNull();
    }

    @Test
    void closing_closesTheWrappedClient() throws Exception {
        TracingHttpClient wrapped = (TracingHttpClient) client;
        wrapped.close();

        assertThat(wrapped.isTerminated()).isEqualTo(Runtime.version().feature() >= 21);
    }
}
