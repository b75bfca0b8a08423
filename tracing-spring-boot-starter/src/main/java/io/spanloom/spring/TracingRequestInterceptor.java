package io.spanloom.spring;

import io.spanloom.Span;
import io.spanloom.http.OutgoingCalls;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Makes every call of a RestClient or RestTemplate a span, and hands the trace on. The starter adds it to those that are
 * beans, or come from builders that are; to others, add it by hand:
 *
 * <pre>{@code RestClient client = RestClient.builder().requestInterceptor(new TracingRequestInterceptor()).build();}</pre>
 */
public final class TracingRequestInterceptor implements ClientHttpRequestInterceptor {

    public TracingRequestInterceptor() {}

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        Span span = OutgoingCalls.start(
                request.getMethod().name(),
                request.getURI().getHost(),
                request.getURI().toString());
        Throwable thrown = null;
        try {
            OutgoingCalls.inject(span, request.getHeaders(), HttpHeaders::set);
            ClientHttpResponse response = execution.execute(request, body);
            OutgoingCalls.answered(
                    span,
                    response.getStatusCode().value(),
                    response.getHeaders().getContentLength());
            return response;
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            span.close(thrown);
        }
    }
}
