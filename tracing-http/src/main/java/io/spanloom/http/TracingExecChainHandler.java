package io.spanloom.http;

import io.spanloom.Span;
import io.spanloom.Tracing;
import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;

/**
 * Makes every call of Apache HttpClient 5 a span, and hands the trace on.
 *
 * <pre>{@code
 * HttpClients.custom()
 *     .addExecInterceptorAfter(ChainElement.REDIRECT.name(), "tracing", new TracingExecChainHandler())
 *     .build();
 * }</pre>
 *
 * <p>There each hop of a redirect is a span of its own, with its headers, and the attempts of a retry are one; by
 * {@code addExecInterceptorFirst} the whole call is one span, and requests that follow a redirect carry no trace. The span
 * ends when the response's head is there: its body is the caller's to read. Exceptions go on unchanged. Stateless.
 */
public final class TracingExecChainHandler implements ExecChainHandler {

    /** One serves any number of clients. */
    public TracingExecChainHandler() {}

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!Tracing.isEnabled()) {
            return chain.proceed(request, scope);
        }
        HttpHost target = scope.route.getTargetHost();
        Span span = OutgoingCall.start(request.getMethod(), target.getHostName(), url(request, target));
        Throwable thrown = null;
        try {
            OutgoingCall.inject(span, request, HttpRequest::setHeader);
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            OutgoingCall.answered(span, response.getCode(), entity == null ? 0 : entity.getContentLength());
            return response;
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            span.close(thrown);
        }
    }

    private static String url(ClassicHttpRequest request, HttpHost target) {
        String path = request.getPath();
        return target.toURI() + (path == null ? "/" : path.startsWith("/") ? path : "/" + path);
    }
}
