package io.spanloom.benchmarks;

import io.spanloom.http.TracingFilter;
import io.spanloom.http.TracingHttpClient;
import io.spanloom.spring.TracingRequestInterceptor;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;

/**
 * What each edge adds to an exchange: a servlet filter, the JDK's client, Spring's interceptor, each around something that
 * answers at once, beside that by itself. No socket is opened.
 */
@State(Scope.Thread)
public class EdgesBenchmark extends TinyMethod {

    private final StubServlet.Request request = new StubServlet.Request();
    private final StubServlet.Response response = new StubServlet.Response();
    private final FilterChain servlet = new StubServlet();
    private final Filter filter = new TracingFilter();

    private final HttpClient plain = new StubHttpClient();
    private final HttpClient traced = TracingHttpClient.wrap(plain);
    private final HttpRequest get = HttpRequest.newBuilder(URI.create("http://profiles/api/profiles/worf"))
            .build();

    private final StubSpringRequest springs = new StubSpringRequest();
    private final ClientHttpRequestExecution execution = new StubSpringRequest.Execution();
    private final TracingRequestInterceptor interceptor = new TracingRequestInterceptor();
    private final byte[] body = {};

    @Benchmark
    public int servletAlone(SpanloomBackend backend) throws Exception {
        request.begin();
        servlet.doFilter(request, response);
        return response.getStatus();
    }

    @Benchmark
    public int servletFiltered(SpanloomBackend backend) throws Exception {
        request.begin();
        filter.doFilter(request, response, servlet);
        return response.getStatus();
    }

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int jdkClientAlone(SpanloomRequest around) throws Exception {
        return calls(around, plain);
    }

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int jdkClientTraced(SpanloomRequest around) throws Exception {
        return calls(around, traced);
    }

    private int calls(SpanloomRequest around, HttpClient client) throws Exception {
        around.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += client.send(get, BodyHandlers.discarding()).statusCode();
        }
        around.end();
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int springClientAlone(SpanloomRequest around) throws Exception {
        around.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            try (ClientHttpResponse answer = execution.execute(springs, body)) {
                sum += answer.getStatusCode().value();
            }
        }
        around.end();
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int springClientTraced(SpanloomRequest around) throws Exception {
        around.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            try (ClientHttpResponse answer = interceptor.intercept(springs, body, execution)) {
                sum += answer.getStatusCode().value();
            }
        }
        around.end();
        return sum;
    }
}
