package io.spanloom.http;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.io.IOException;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Makes every call of OkHttp a span, and hands the trace on.
 *
 * <pre>{@code
 * OkHttpClient client = new OkHttpClient.Builder().addInterceptor(new TracingInterceptor()).build();
 * Call.Factory calls = TracingInterceptor.calls(client);   // for enqueue: it runs on OkHttp's own threads
 * }</pre>
 *
 * <p>One span for a call with its redirects and retries. It ends when the response's head is there: its body is the caller's
 * to read. Exceptions go on unchanged. Stateless.
 */
public final class TracingInterceptor implements Interceptor {

    /** One serves any number of clients. */
    public TracingInterceptor() {}

    /** Calls that know the trace they were made in, so that {@code enqueue} finds it on OkHttp's threads. */
    public static Call.Factory calls(OkHttpClient client) {
        Objects.requireNonNull(client, "client");
        return request -> client.newCall(
                Tracing.current() == Span.noop()
                        ? request
                        : request.newBuilder()
                                .tag(TraceContext.class, Tracing.capture())
                                .build());
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        TraceContext context = chain.request().tag(TraceContext.class);
        if (context == null) {
            return traced(chain);
        }
        Scope scope = context.activate();
        try {
            return traced(chain);
        } finally {
            scope.close();
        }
    }

    private static Response traced(Chain chain) throws IOException {
        Request request = chain.request();
        Span span = OutgoingCall.start(
                request.method(), request.url().host(), request.url().toString());
        if (span == Span.noop()) {
            return chain.proceed(request);
        }
        Throwable thrown = null;
        try {
            Response response = chain.proceed(withTrace(request, span));
            OutgoingCall.answered(span, response.code(), response.header("Content-Length"));
            return response;
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            span.close(thrown);
        }
    }

    private static Request withTrace(Request request, Span span) {
        Request.Builder builder = request.newBuilder();
        OutgoingCall.inject(span, builder, Request.Builder::header);
        return builder.build();
    }
}
