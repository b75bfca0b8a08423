package io.spanloom.e2e;

import io.spanloom.Aws;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.awssdk.AsyncCalls;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The code of docs/aws-sdk.md, compiled. {@link SnippetsTest} holds them together. */
@SuppressWarnings({"unused", "NullAway"})
final class AwsSdkSnippets {

    static final SpanSpec HANDLE = SpanSpec.named("orders process").kind(SpanKind.CONSUMER);

    private AwsSdkSnippets() {}

    static void followed(DynamoDbAsyncClient dynamo, GetItemRequest request) {
        CompletableFuture<GetItemResponse> item = AsyncCalls.followed(() -> dynamo.getItem(request));
    }

    static void continued(DynamoDbAsyncClient dynamo, GetItemRequest request) {
        Tracing.wrapFuture(dynamo.getItem(request)).thenAccept(item -> handle(item));
    }

    static void receive(SqsClient sqs, String queue) {
        var received = sqs.receiveMessage(receive ->
                receive.queueUrl(queue).messageSystemAttributeNames(MessageSystemAttributeName.AWS_TRACE_HEADER));
        for (Message message : received.messages()) {
            try (Span span = Tracing.segment(HANDLE, message, AwsSdkSnippets::attribute)) {
                handle(message);
            }
        }
    }

    static String attribute(Message message, String name) {
        return name.equals("X-Amzn-Trace-Id")
                ? message.attributes().get(MessageSystemAttributeName.AWS_TRACE_HEADER)
                : null;
    }

    static void byHand(Span span, String id) {
        span.aws(Aws.call("DynamoDb", "GetItem")
                .region("eu-west-1")
                .table("cruddur-messages")
                .requestId(id));
    }

    private static void handle(Object what) {}
}
