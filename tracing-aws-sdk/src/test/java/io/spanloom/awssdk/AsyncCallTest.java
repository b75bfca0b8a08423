package io.spanloom.awssdk;

import static io.spanloom.awssdk.TracingExecutionInterceptorTest.aws;
import static io.spanloom.awssdk.TracingExecutionInterceptorTest.call;
import static io.spanloom.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.Outcome;
import io.spanloom.Tracing;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Calls that complete on another thread. */
@ExtendWith(TracingExtension.class)
@Timeout(60)
class AsyncCallTest {

    private static final Map<String, AttributeValue> KEY =
            Map.of("id", AttributeValue.builder().s("1").build());

    private final StandIn aws = new StandIn();
    private final DynamoDbAsyncClient dynamo =
            aws.with(DynamoDbAsyncClient.builder()).build();

    @AfterEach
    void close() {
        aws.close();
        dynamo.close();
    }

    private CompletableFuture<GetItemResponse> getItem() {
        return dynamo.getItem(get -> get.tableName("messages").key(KEY));
    }

    private static void awaitSpans(TraceRecorder traces, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> traces.spans().size() == count);
    }

    @Test
    void call_endsWhenItCompletes(TraceRecorder traces) throws Exception {
        aws.gate = new CountDownLatch(1);
        CompletableFuture<GetItemResponse> answer = Tracing.call("job", job -> {
            CompletableFuture<GetItemResponse> called = getItem();
            assertThat(Tracing.current()).isSameAs(job);
            return called;
        });
        assertThat(traces.spans()).isEmpty();

        aws.gate.countDown();
        answer.get(30, TimeUnit.SECONDS);
        awaitSpans(traces, 2);

        assertThat(traces.onlyTrace())
                .hasRoot("job")
                .hasSpans(2)
                .hasChild("DynamoDb.GetItem")
                .withHttpStatus(200)
                .withoutError();
        assertThat(aws(call(traces)).tables()).containsExactly("messages");
        assertThat(aws.asked.get(0).header("X-Amzn-Trace-Id"))
                .contains("Parent=" + call(traces).spanId());
    }

    @Test
    void retries_areOneSpan(TraceRecorder traces) throws Exception {
        aws.answers(500, "{}").answers(503, "{}").answers(200, "{}");

        Tracing.call("job", job -> getItem()).get(30, TimeUnit.SECONDS);
        awaitSpans(traces, 2);

        assertThat(aws.asked).hasSize(3);
        assertThat(aws(call(traces)).further()).containsEntry("aws.retries", 2L);
    }

    @Test
    void failure_isThatOfTheService(TraceRecorder traces) {
        aws.answers(400, "{\"__type\":\"com.amazonaws#ResourceNotFoundException\",\"message\":\"no\"}");

        assertThatThrownBy(() -> Tracing.call("job", job -> getItem()).get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ResourceNotFoundException.class);
        awaitSpans(traces, 2);

        assertThat(call(traces).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(call(traces).exceptions())
                .extracting(each -> each.type())
                .containsExactly(ResourceNotFoundException.class.getName());
    }

    @Test
    void cancelledCall_endsAndIsNoFault(TraceRecorder traces) {
        aws.gate = new CountDownLatch(1);
        CompletableFuture<GetItemResponse> answer;
        try (var job = Tracing.span("job")) {
            answer = AsyncCalls.followed(this::getItem);
            Awaitility.await().until(() -> !aws.asked.isEmpty());
        }

        answer.cancel(true);
        awaitSpans(traces, 2);

        assertThat(call(traces).outcome()).isEqualTo(Outcome.OK);
        assertThat(call(traces).annotations()).containsEntry("cancelled", true);
        assertThat(aws(call(traces)).tables()).containsExactly("messages");
    }

    @Test
    void callThatTakesTooLong_isAFault(TraceRecorder traces) {
        aws.gate = new CountDownLatch(1);

        assertThatThrownBy(() -> Tracing.call(
                                "job",
                                job -> AsyncCalls.followed(() -> dynamo.getItem(get -> get.tableName("messages")
                                        .key(KEY)
                                        .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(300))))))
                        .get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ApiCallTimeoutException.class);
        awaitSpans(traces, 2);

        assertThat(call(traces).outcome()).isEqualTo(Outcome.FAULT);
        assertThat(call(traces).annotations()).doesNotContainKey("cancelled");
    }

    @Test
    void whatFollowsTheAnswer_isBelowTheCallerWhereTheFutureIsWrapped(TraceRecorder traces) throws Exception {
        Tracing.call(
                        "job",
                        job -> Tracing.wrapFuture(getItem()).thenApply(item -> {
                            Tracing.span("after").close();
                            return item;
                        }))
                .get(30, TimeUnit.SECONDS);
        awaitSpans(traces, 3);

        assertThat(traces.onlyTrace()).hasRoot("job").hasChild("after");
    }
}
