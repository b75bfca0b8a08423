package io.spanloom.benchmarks;

import io.spanloom.awssdk.TracingExecutionInterceptor;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/**
 * A call of DynamoDB whose answer is there at once, with the interceptor and without; the jar of the
 * benchmarks lacks the list by which the SDK would find it.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class AwsSdkBenchmark extends TinyMethod {

    private static final int CALLS = 10;

    private final GetItemRequest request = GetItemRequest.builder()
            .tableName("messages")
            .key(Map.of("id", AttributeValue.builder().s("1").build()))
            .build();
    private DynamoDbClient traced;
    private DynamoDbClient untraced;

    @Setup
    public void clients() {
        traced = client(new TracingExecutionInterceptor());
        untraced = client();
    }

    private static DynamoDbClient client(ExecutionInterceptor... interceptors) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(new Answering())
                .overrideConfiguration(settings -> settings.executionInterceptors(List.of(interceptors)))
                .build();
    }

    @TearDown
    public void close() {
        traced.close();
        untraced.close();
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int traced(SpanloomRequest around) {
        around.begin();
        int sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += traced.getItem(request).hasItem() ? 1 : 0;
        }
        around.end();
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int untraced() {
        int sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += untraced.getItem(request).hasItem() ? 1 : 0;
        }
        return sum;
    }

    /** No network. */
    private static final class Answering implements SdkHttpClient {

        private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
        private static final SdkHttpResponse RESPONSE = SdkHttpResponse.builder()
                .statusCode(200)
                .putHeader("x-amzn-RequestId", "E1R7TSHLFNLQLK1IRV5VQ7KQ5NVV4KQNSO5AEMVJF66Q9ASUAAJG")
                .putHeader("Content-Length", "2")
                .build();

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest executed) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(RESPONSE)
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(BODY)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
