package io.spanloom.awssdk;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** What others do to a call, and what is not done to it. */
@ExtendWith(TracingExtension.class)
@Timeout(60)
class HarmlessnessTest {

    private static final Map<String, AttributeValue> KEY =
            Map.of("id", AttributeValue.builder().s("1").build());
    private static final ExecutionAttribute<Object> OF_OPENTELEMETRY =
            new ExecutionAttribute<>("io.opentelemetry.x.TracingExecutionInterceptor.Context");

    private final StandIn aws = new StandIn();

    @AfterEach
    void close() {
        aws.close();
    }

    private void getItem(ExecutionInterceptor... others) {
        DynamoDbClientBuilder builder = aws.sync(DynamoDbClient.builder());
        for (ExecutionInterceptor other : others) {
            builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                    .addExecutionInterceptor(other)
                    .build());
        }
        try (DynamoDbClient client = builder.build()) {
            client.getItem(get -> get.tableName("messages").key(KEY));
        }
    }

    @Test
    void requestThatIsRefusedBeforeItIsMarshalled_leavesNoSpanBehind(TraceRecorder traces) {
        Throwable thrown = catchThrowable(() -> Tracing.run(
                "job",
                job -> getItem(new ExecutionInterceptor() {
                    @Override
                    public void beforeMarshalling(Context.BeforeMarshalling context, ExecutionAttributes attributes) {
                        throw new IllegalStateException("refused");
                    }
                })));

        assertThat(thrown).hasStackTraceContaining("refused");
        assertThat(traces.onlyTrace()).hasRoot("job").hasSpans(1);
        assertThat(Tracing.opened()).isEmpty();
    }

    @Test
    void interceptorThatIsThereTwice_makesOneSpan(TraceRecorder traces) {
        Tracing.run("job", job -> getItem(new TracingExecutionInterceptor(), new TracingExecutionInterceptor()));

        assertThat(traces.onlyTrace()).hasRoot("job").hasSpans(2);
    }

    @Test
    void exceptionOfAnotherInterceptor_isTheApplicationsAndEndsTheSpan(TraceRecorder traces) {
        IllegalStateException own = new IllegalStateException("own");
        Throwable thrown = catchThrowable(() -> Tracing.run(
                "job",
                job -> getItem(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                        throw own;
                    }
                })));

        assertThat(thrown)
                .satisfiesAnyOf(
                        each -> assertThat(each).isSameAs(own),
                        each -> assertThat(each).hasRootCause(own));
        assertThat(traces.onlyTrace())
                .hasRoot("job")
                .hasSpans(2)
                .hasChild("DynamoDb.GetItem")
                .withFault();
    }

    @Test
    void exceptionThatAnotherInterceptorMakesOfIt_isTheOneRecorded(TraceRecorder traces) {
        aws.answers(400, "{\"__type\":\"com.amazonaws#ResourceNotFoundException\",\"message\":\"no\"}");
        ResourceNotFoundException own =
                ResourceNotFoundException.builder().message("own").build();
        AtomicReference<Throwable> seen = new AtomicReference<>();

        Throwable thrown = catchThrowable(() -> Tracing.run(
                "job",
                job -> getItem(new ExecutionInterceptor() {
                    @Override
                    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
                        seen.set(context.exception());
                        return own;
                    }
                })));

        assertThat(seen.get()).isNotNull();
        assertThat(thrown).isSameAs(own);
        assertThat(traces.onlyTrace())
                .hasRoot("job")
                .hasChild("DynamoDb.GetItem")
                .withException(ResourceNotFoundException.class, String.valueOf(own.getMessage()));
    }

    @Test
    void requestThatCannotBeRead_costsTheDescriptionAndEndsTheSpan(TraceRecorder traces) {
        SdkRequest unreadable = new UnreadableRequest();
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("http://localhost/"))
                .build();
        ExecutionAttributes attributes = new ExecutionAttributes()
                .putAttribute(SdkExecutionAttribute.SERVICE_NAME, "DynamoDb")
                .putAttribute(SdkExecutionAttribute.OPERATION_NAME, "GetItem");
        TracingExecutionInterceptor interceptor = new TracingExecutionInterceptor();

        Tracing.run("job", job -> {
            SdkHttpRequest sent = interceptor.modifyHttpRequest(
                    context(Context.ModifyHttpRequest.class, unreadable, plain), attributes);
            interceptor.afterExecution(context(Context.AfterExecution.class, unreadable, plain), attributes);
            assertThat(sent.firstMatchingHeader("X-Amzn-Trace-Id")).isPresent();
        });

        assertThat(traces.onlyTrace())
                .hasRoot("job")
                .hasSpans(2)
                .hasChild("DynamoDb.GetItem")
                .withoutError();
    }

    private static final class UnreadableRequest extends SdkRequest {

        @Override
        public Optional<RequestOverrideConfiguration> overrideConfiguration() {
            return Optional.empty();
        }

        @Override
        public <T> Optional<T> getValueForField(String member, Class<T> type) {
            throw new IllegalStateException("unreadable");
        }

        @Override
        public Builder toBuilder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<SdkField<?>> sdkFields() {
            return List.of();
        }
    }

    private static <T> T context(Class<T> type, SdkRequest request, SdkHttpRequest http) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> switch (method.getName()) {
                    case "request" -> request;
                    case "httpRequest" -> http;
                    case "httpResponse" ->
                        SdkHttpResponse.builder().statusCode(200).build();
                    default -> throw new AssertionError(method);
                }));
    }

    @Test
    void callThatOpenTelemetryTraces_isLeftToIt(TraceRecorder traces) {
        ExecutionAttributes attributes = new ExecutionAttributes()
                .putAttribute(SdkExecutionAttribute.SERVICE_NAME, "DynamoDb")
                .putAttribute(SdkExecutionAttribute.OPERATION_NAME, "GetItem");

        Tracing.run("job", job -> {
            attributes.putAttribute(OF_OPENTELEMETRY, "{span=SdkSpan{traceId=" + job.traceId() + "}}");
            assertThat(OtherTracing.traces(attributes, true)).isTrue();
            attributes.putAttribute(OF_OPENTELEMETRY, "{span=SdkSpan{traceId=of another trace}}");
            assertThat(OtherTracing.traces(attributes, true)).isFalse();
        });
    }

    @Test
    void whenOff_callsAreAsTheyWere() {
        Tracing.reconfigure(TracingConfig.builder().alone().backend("none").build());

        Tracing.run("job", job -> getItem());

        assertThat(aws.asked).hasSize(1);
        assertThat(aws.asked.get(0).header("X-Amzn-Trace-Id")).isNull();
    }
}
