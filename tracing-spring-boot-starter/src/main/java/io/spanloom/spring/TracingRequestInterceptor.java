package io.spanloom.spring;

import io.spanloom.Span;
import io.spanloom.http.OutgoingCalls;
import io.spanloom.spi.Reporter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Makes every call of a RestClient or RestTemplate a span, and hands the trace on. The starter adds it to each RestTemplate
 * that is a bean, and to builders that are, so that it is in what they build; to others, add it by hand:
 *
 * <pre>{@code RestClient client = RestClient.builder().requestInterceptor(new TracingRequestInterceptor()).build();}</pre>
 *
 * <p>Stateless: all are equal, so that sets and the starter know whether one is there.
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
            answered(span, response);
            return response;
        } catch (Throwable failure) {
            thrown = failure;
            throw failure;
        } finally {
            span.close(thrown);
        }
    }

    /** Length as text: {@code getContentLength} throws where a server sends what is no number. */
    private static void answered(Span span, ClientHttpResponse response) {
        if (span.isRecording()) {
            try {
                OutgoingCalls.answered(
                        span,
                        response.getStatusCode().value(),
                        response.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH));
            } catch (Throwable refusal) {
                Reporter.refused(
                        "TRC-240",
                        "tracing could not describe an answer; the exchange itself is not affected",
                        refusal);
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TracingRequestInterceptor;
    }

    @Override
    public int hashCode() {
        return TracingRequestInterceptor.class.hashCode();
    }
}
