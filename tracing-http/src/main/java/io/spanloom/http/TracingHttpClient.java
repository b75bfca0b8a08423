package io.spanloom.http;

import io.spanloom.Span;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes every call of the JDK's {@code HttpClient} a span, and hands the trace on.
 *
 * <pre>{@code
 * HttpClient client = TracingHttpClient.wrap(HttpClient.newHttpClient());
 * }</pre>
 *
 * <p>A call is a span with its redirects and retries. {@code sendAsync} gives back the very future of the wrapped client, so
 * that cancelling it cancels the exchange; its span ends when it completes. Results, exceptions, push promises and
 * WebSockets are the wrapped client's. As thread-safe as that is.
 */
public final class TracingHttpClient extends HttpClient {

    private final HttpClient client;
    private final @Nullable String name;

    private TracingHttpClient(HttpClient client, @Nullable String name) {
        this.client = client;
        this.name = name;
    }

    /** The client with its calls traced; one that is wrapped already stays as it is. */
    public static HttpClient wrap(HttpClient client) {
        Objects.requireNonNull(client, "client");
        return client instanceof TracingHttpClient ? client : new TracingHttpClient(client, null);
    }

    /** As {@link #wrap(HttpClient)}; calls are named after the service that is called and not after its host. */
    public static HttpClient wrap(HttpClient client, String name) {
        Objects.requireNonNull(client, "client");
        HttpClient plain = client instanceof TracingHttpClient traced ? traced.client : client;
        return new TracingHttpClient(plain, Objects.requireNonNull(name, "name"));
    }

    private Span start(@Nullable HttpRequest request) {
        if (request == null) {
            return Span.noop();
        }
        URI uri = request.uri();
        return OutgoingCall.start(request.method(), name != null ? name : uri.getHost(), uri.toString());
    }

    /** The request with the trace's headers; as it is where it cannot be copied. */
    private static HttpRequest withTrace(HttpRequest request, Span span) {
        if (span == Span.noop()) {
            return request;
        }
        try {
            HttpRequest.Builder copy = HttpRequest.newBuilder(request, (name, value) -> true);
            OutgoingCall.inject(span, copy, HttpRequest.Builder::setHeader);
            return copy.build();
        } catch (RuntimeException refusal) { // a request of a class of the application's own
            Guard.refused("write a call's headers", refusal);
            return request;
        }
    }

    private static void answered(Span span, HttpResponse<?> response) {
        if (span.isRecording()) {
            OutgoingCall.answered(
                    span,
                    response.statusCode(),
                    response.headers().firstValue("Content-Length").orElse(null));
        }
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        Span span = start(request);
        Throwable thrown = null;
        try {
            HttpResponse<T> response = client.send(withTrace(request, span), handler);
            answered(span, response);
            return response;
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            span.close(thrown);
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        Span span = start(request);
        return followed(span, () -> client.sendAsync(withTrace(request, span), handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
        Span span = start(request);
        return followed(span, () -> client.sendAsync(withTrace(request, span), handler, pushes));
    }

    private static <T> CompletableFuture<HttpResponse<T>> followed(
            Span span, Supplier<CompletableFuture<HttpResponse<T>>> call) {
        CompletableFuture<HttpResponse<T>> future;
        try {
            future = call.get();
        } catch (Throwable failure) {
            span.close(failure);
            throw failure;
        }
        if (span != Span.noop()) {
            span.detach();
            var ended = future.whenComplete((response, failure) -> {
                if (response != null) {
                    answered(span, response);
                }
                OutgoingCall.end(span, failure);
            });
            assert ended != null; // for its effect: the caller gets the future itself
        }
        return future;
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    // From JDK 21 on, by which a client is closed; compiled against 17, they override nothing there.

    /** The wrapped client's, where the JDK has it (21). */
    public void close() {
        Closing.run(Closing.CLOSE, client);
    }

    /** The wrapped client's, where the JDK has it (21). */
    public void shutdown() {
        Closing.run(Closing.SHUTDOWN, client);
    }

    /** The wrapped client's, where the JDK has it (21). */
    public void shutdownNow() {
        Closing.run(Closing.SHUTDOWN_NOW, client);
    }

    /** The wrapped client's, where the JDK has it (21). */
    public boolean isTerminated() {
        return Closing.isTerminated(client);
    }

    /** The wrapped client's, where the JDK has it (21). */
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return Closing.awaitTermination(client, duration);
    }

    @Override
    public String toString() {
        return "TracingHttpClient[" + client + "]";
    }
}
