package io.spanloom.awssdk;

import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.SpanKind;
import io.spanloom.Tracing;
import io.spanloom.spi.MemorySpan;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.sns.SnsClient;

/** Calls of a client that blocks. */
@ExtendWith(TracingExtension.class)
@Timeout(60)
class TracingExecutionInterceptorTest {

    private static final Map<String, AttributeValue> KEY =
            Map.of("id", AttributeValue.builder().s("a secret").build());

    private final StandIn aws = new StandIn();
    private final DynamoDbClient dynamo = aws.sync(DynamoDbClient.builder()).build();

    @AfterEach
    void close() {
        dynamo.close();
        aws.close();
    }

    static MemorySpan call(TraceRecorder traces) {
        return traces.spans().stream()
                .filter(span -> "aws".equals(span.description().namespace()))
                .reduce((one, other) -> {
                    throw new AssertionError("more than one call: " + traces);
                })
                .orElseThrow(() -> new AssertionError("no call: " + traces));
    }

    static Aws aws(MemorySpan call) {
        return Objects.requireNonNull(call.aws());
    }

    private void getItem() {
        Tracing.run(
                "job", job -> dynamo.getItem(get -> get.tableName("messages").key(KEY)));
    }

    @Test
    void call_isASpanOfItsOperation(TraceRecorder traces) {
        aws.answers(200, "{}");

        getItem();

        assertThat(traces.onlyTrace())
                .hasRoot("job")
                .hasSpans(2)
                .hasChild("DynamoDb.GetItem")
                .withKind(SpanKind.CLIENT)
                .withHttpStatus(200)
                .withoutError();
        assertThat(aws(call(traces)))
                .isEqualTo(Aws.call("DynamoDb", "GetItem")
                        .region("eu-west-1")
                        .table("messages")
                        .requestId("request-200"));
        assertThat(call(traces).response()).isEqualTo(Http.response(200).contentLength(2));
    }

    @Test
    void call_carriesItsOwnSpanAsHeader(TraceRecorder traces) {
        getItem();

        MemorySpan call = call(traces);
        assertThat(aws.asked.get(0).header("X-Amzn-Trace-Id"))
                .isEqualTo("Root=" + call.xrayTraceId() + ";Parent=" + call.spanId() + ";Sampled=1");
        assertThat(aws.asked.get(0).header("traceparent")).isNull();
    }

    @Test
    void nothingOfKeysBodiesAndCredentials_isRecorded(TraceRecorder traces) {
        aws.answers(200, "{\"Item\":{\"id\":{\"S\":\"a secret\"}}}");

        getItem();

        MemorySpan call = call(traces);
        String all = aws(call) + " " + call.metadata() + call.annotations() + call.request() + call.response();
        assertThat(all).contains("messages").doesNotContain("a secret", StandIn.SECRET, "skey");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void retries_areOneSpan(int status, TraceRecorder traces) {
        aws.answers(status, "{}").answers(status, "{}").answers(200, "{}");

        getItem();

        assertThat(aws.asked).hasSize(3);
        assertThat(aws.asked)
                .extracting(asked -> asked.header("X-Amzn-Trace-Id"))
                .containsOnly(aws.asked.get(0).header("X-Amzn-Trace-Id"));
        assertThat(traces.onlyTrace())
                .hasRoot("job")
                .hasSpans(2)
                .hasChild("DynamoDb.GetItem")
                .withoutError();
        assertThat(aws(call(traces)).further()).containsEntry("aws.retries", 2L);
    }

    @Test
    void serviceThatFails_isAFaultAndItsExceptionGoesOn(TraceRecorder traces) {
        aws.answers(500, "{\"__type\":\"com.amazonaws#InternalServerError\",\"message\":\"no\"}");

        Throwable thrown = catchThrowable(this::getItem);

        assertThat(thrown).isInstanceOf(DynamoDbException.class);
        MemorySpan call = call(traces);
        assertThat(call.outcome()).isEqualTo(Outcome.FAULT);
        assertThat(call.exceptions())
                .extracting(each -> each.type())
                .containsExactly(thrown.getClass().getName());
        assertThat(aws(call).requestId()).isEqualTo("request-500");
        assertThat(aws(call).further())
                .containsEntry("aws.error_code", "InternalServerError")
                .containsEntry("aws.retries", (long) aws.asked.size() - 1);
        assertThat(call.parent())
                .isInstanceOfSatisfying(
                        MemorySpan.class,
                        job -> assertThat(job.exceptions())
                                .as("the very object, so that it is recorded once")
                                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "400, ProvisionedThroughputExceededException, 400",
        "400, ThrottlingException, 400",
        "503, RequestThrottled, 503",
        "429, TooManyRequestsException,"
    })
    void throttling_isOneWhateverItsStatus(int status, String code, Long beside, TraceRecorder traces) {
        aws.answers(status, "{\"__type\":\"com.amazonaws#" + code + "\",\"message\":\"slow down\"}");

        assertThatThrownBy(this::getItem).isInstanceOf(DynamoDbException.class);

        MemorySpan call = call(traces);
        assertThat(call.outcome()).isEqualTo(Outcome.THROTTLE);
        assertThat(Objects.requireNonNull(call.response()).status()).isEqualTo(429);
        assertThat(aws(call).further()).containsEntry("aws.error_code", code);
        assertThat(aws(call).further().get("aws.http_status")).isEqualTo(beside);
    }

    @Test
    void callersMistake_isAnErrorAndNoFault(TraceRecorder traces) {
        aws.answers(400, "{\"__type\":\"com.amazonaws#ConditionalCheckFailedException\",\"message\":\"no\"}");

        assertThatThrownBy(this::getItem).isInstanceOf(ConditionalCheckFailedException.class);

        assertThat(call(traces).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(aws(call(traces)).further()).containsEntry("aws.error_code", "ConditionalCheckFailedException");
        assertThat(aws.asked).hasSize(1);
    }

    @Test
    void callThatTakesTooLong_isAFault(TraceRecorder traces) {
        aws.gate = new CountDownLatch(1);

        assertThatThrownBy(() -> Tracing.run(
                        "job",
                        job -> dynamo.getItem(get -> get.tableName("messages")
                                .key(KEY)
                                .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(300))))))
                .isInstanceOf(ApiCallTimeoutException.class);

        MemorySpan call = call(traces);
        assertThat(call.outcome()).isEqualTo(Outcome.FAULT);
        assertThat(call.response()).isNull();
        assertThat(call.exceptions().get(0).type()).isEqualTo(ApiCallTimeoutException.class.getName());
    }

    @Test
    void serviceThatIsNotThere_isAFault(TraceRecorder traces) {
        aws.close();

        assertThatThrownBy(this::getItem).isInstanceOf(SdkClientException.class);

        assertThat(call(traces).outcome()).isEqualTo(Outcome.FAULT);
        assertThat(aws(call(traces)).tables()).containsExactly("messages");
    }

    @Test
    void batch_namesItsTables(TraceRecorder traces) {
        KeysAndAttributes keys = KeysAndAttributes.builder().keys(KEY).build();
        Tracing.run("job", job -> dynamo.batchGetItem(get -> get.requestItems(Map.of("b", keys, "a", keys))));

        assertThat(aws(call(traces)).tables()).isEqualTo(List.of("a", "b"));
    }

    @Test
    void topic_isNamedButNoPhone(TraceRecorder traces) {
        aws.answers(200, "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>");
        try (SnsClient sns = aws.sync(SnsClient.builder()).build()) {
            Tracing.run("job", job -> {
                sns.publish(publish ->
                        publish.topicArn("arn:aws:sns:eu-west-1:1:crud").message("secret"));
                sns.publish(publish -> publish.phoneNumber("+4915112345").message("secret"));
            });
        }

        assertThat(traces.spans())
                .filteredOn(span -> span.parent() != null)
                .extracting(span -> aws(span).further())
                .containsExactly(Map.of("aws.sns.topic.arn", "arn:aws:sns:eu-west-1:1:crud"), Map.of());
    }

    @Test
    void whereNothingIsCurrent_nothingBeginsAndNothingIsSent(TraceRecorder traces) {
        dynamo.getItem(get -> get.tableName("messages").key(KEY));

        assertThat(traces.spans()).isEmpty();
        assertThat(aws.asked.get(0).header("X-Amzn-Trace-Id")).isNull();
    }

    @Test
    void spanOfACall_isNotCurrentForWhatFollows(TraceRecorder traces) {
        Tracing.run("job", job -> {
            dynamo.getItem(get -> get.tableName("messages").key(KEY));
            assertThat(Tracing.current()).isSameAs(job);
        });

        assertThat(traces.onlyTrace()).hasSpans(2);
    }
}
