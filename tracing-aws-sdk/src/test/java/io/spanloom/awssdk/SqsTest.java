package io.spanloom.awssdk;

import static io.spanloom.awssdk.TracingExecutionInterceptorTest.aws;
import static io.spanloom.awssdk.TracingExecutionInterceptorTest.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Tracing;
import io.spanloom.spi.MemorySpan;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;

/** The trace in messages. */
@ExtendWith(TracingExtension.class)
@Timeout(60)
class SqsTest {

    private static final String QUEUE = "http://127.0.0.1/000000000000/orders";
    private static final Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> OWN = Map.of(
            MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
            MessageSystemAttributeValue.builder()
                    .dataType("String")
                    .stringValue("Root=own")
                    .build());

    private final StandIn aws = new StandIn();
    private final SqsClient sqs =
            aws.sync(SqsClient.builder()).checksumValidationEnabled(false).build();

    @AfterEach
    void close() {
        sqs.close();
        aws.close();
    }

    private static String header(MemorySpan call) {
        return "Root=" + call.xrayTraceId() + ";Parent=" + call.spanId() + ";Sampled=1";
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    @Test
    void message_carriesTheHeader(TraceRecorder traces) {
        Tracing.run(
                "job",
                job -> sqs.sendMessage(
                        send -> send.queueUrl(QUEUE).messageBody("body").messageAttributes(Map.of())));

        MemorySpan call = call(traces);
        assertThat(call.name()).isEqualTo("Sqs.SendMessage");
        assertThat(aws(call).queueUrl()).isEqualTo(QUEUE);
        assertThat(aws.asked.get(0).body())
                .contains("\"MessageSystemAttributes\":{\"AWSTraceHeader\"")
                .contains(header(call));
        assertThat(aws.asked.get(0).header("X-Amzn-Trace-Id")).isEqualTo(header(call));
    }

    @Test
    void eachMessageOfABatch_carriesTheHeaderUnlessItHasItsOwn(TraceRecorder traces) {
        Tracing.run(
                "job",
                job -> sqs.sendMessageBatch(send -> send.queueUrl(QUEUE)
                        .entries(
                                one -> one.id("1").messageBody("a"),
                                two -> two.id("2").messageBody("b"),
                                own -> own.id("3").messageBody("c").messageSystemAttributes(OWN))));

        MemorySpan call = call(traces);
        assertThat(count(aws.asked.get(0).body(), header(call))).isEqualTo(2);
        assertThat(count(aws.asked.get(0).body(), "Root=own")).isEqualTo(1);
    }

    @Test
    void messageWithAHeaderOfItsOwn_keepsIt(TraceRecorder traces) {
        Tracing.run(
                "job",
                job -> sqs.sendMessage(
                        send -> send.queueUrl(QUEUE).messageBody("body").messageSystemAttributes(OWN)));

        assertThat(aws.asked.get(0).body()).contains("Root=own").doesNotContain(header(call(traces)));
    }

    @Test
    void otherCalls_areSpansToo(TraceRecorder traces) {
        aws.answers(200, "{\"QueueUrl\":\"" + QUEUE + "\"}");
        Tracing.run("job", job -> sqs.createQueue(create -> create.queueName("orders")));

        assertThat(aws(call(traces)).further()).containsEntry("aws.sqs.queue.name", "orders");
    }

    @Test
    void whereNothingIsCurrent_messagesAreAsTheyWere(TraceRecorder traces) {
        sqs.sendMessage(send -> send.queueUrl(QUEUE).messageBody("body"));

        assertThat(traces.spans()).isEmpty();
        assertThat(aws.asked.get(0).body()).doesNotContain("MessageSystemAttributes");
    }
}
