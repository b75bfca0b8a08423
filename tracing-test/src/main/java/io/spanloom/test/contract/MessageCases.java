package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Links;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Messages sent and handled, in carriers of any kind; jobs that nobody asked for. */
abstract class MessageCases extends ContractCases {

    private static final SpanSpec SEND = SpanSpec.named("orders send").kind(SpanKind.PRODUCER);
    private static final SpanSpec HANDLE =
            SpanSpec.named("orders process").kind(SpanKind.CONSUMER).placement(SpanSpec.Placement.SEGMENT);

    MessageCases(BackendContract contract) {
        super(contract);
    }

    /** A message as SQS has it: an attribute of the system for X-Ray's header, attributes of the sender's for all else. */
    private record QueueMessage(Map<String, String> attributes, String body) {
        static @Nullable String header(QueueMessage message, String name) {
            return message.attributes.get(name.equals("X-Amzn-Trace-Id") ? "AWSTraceHeader" : name);
        }

        void set(String name, String value) {
            attributes.put(name.equals("X-Amzn-Trace-Id") ? "AWSTraceHeader" : name, value);
        }
    }

    /** Each of a trace of its own. */
    private static List<QueueMessage> sent(int count) {
        List<QueueMessage> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String body = "order " + i;
            Tracing.run(
                    "shop " + i,
                    shop -> Tracing.run(SEND, send -> {
                        QueueMessage message = new QueueMessage(new HashMap<>(), body);
                        Tracing.inject(message, QueueMessage::set);
                        send.annotation("body", body);
                        batch.add(message);
                    }));
        }
        return batch;
    }

    @Test
    void eachMessageOfABatch_isASegmentOfItsProducersTrace() {
        List<QueueMessage> batch = sent(2);
        try (Span poll = Tracing.span("poll")) {
            for (QueueMessage message : batch) {
                try (Span span = Tracing.segment(HANDLE, message, QueueMessage::header)) {
                    span.link(poll.traceId(), poll.spanId()).annotation("handled", message.body());
                }
                assertThat(Tracing.current().spanId()).isEqualTo(poll.spanId());
            }
        }

        ObservedSpans spans = spans(7);
        ObservedSpan poll = spans.named("poll");
        Set<String> traces = new HashSet<>();
        for (ObservedSpan handled : spans.all()) {
            if (handled.annotations().containsKey("handled")) {
                ObservedSpan sender = spans.all().stream()
                        .filter(span -> handled.annotations()
                                .get("handled")
                                .equals(span.annotations().get("body")))
                        .findFirst()
                        .orElseThrow();
                assertThat(handled.segment()).isTrue();
                assertThat(handled.parentSpanId()).isEqualTo(sender.spanId());
                assertThat(handled.traceId()).isEqualTo(sender.traceId()).isNotEqualTo(poll.traceId());
                assertThat(handled.metadata("links"))
                        .containsEntry("list", List.of(Map.of("trace_id", poll.traceId(), "id", poll.spanId())));
                traces.add(handled.traceId());
            }
        }
        assertThat(traces).hasSize(2);
    }

    @Test
    void messagesHandledTogether_areLinkedToEachProducer() {
        List<QueueMessage> batch = sent(2);
        batch.add(new QueueMessage(new HashMap<>(), "of nobody"));
        try (Span span = Tracing.segment("index orders")) {
            batch.forEach(message -> Links.add(span, message, QueueMessage::header));
        }

        ObservedSpans spans = spans(5);
        List<Map<String, String>> senders = spans.all().stream()
                .filter(span -> span.annotations().containsKey("body"))
                .sorted(java.util.Comparator.comparing(
                        span -> String.valueOf(span.annotations().get("body"))))
                .map(span -> Map.of("trace_id", span.traceId(), "id", span.spanId()))
                .toList();
        assertThat(spans.named("index orders").metadata("links")).containsEntry("list", senders);
    }

    @Test
    void jobSetOffByARequest_isATraceOfItsOwnThatIsLinked() {
        SpanSpec job = SpanSpec.named("rebuild").newRoot(true);
        Tracing.run("request", request -> Tracing.run(job, span -> {}));

        ObservedSpans spans = spans(2);
        assertThat(spans.named("rebuild").traceId())
                .isNotEqualTo(spans.named("request").traceId());
        assertThat(spans.named("rebuild").parentSpanId()).isNull();
        assertThat(spans.named("rebuild").metadata("links"))
                .containsEntry(
                        "list",
                        List.of(Map.of(
                                "trace_id",
                                spans.named("request").traceId(),
                                "id",
                                spans.named("request").spanId())));
    }
}
