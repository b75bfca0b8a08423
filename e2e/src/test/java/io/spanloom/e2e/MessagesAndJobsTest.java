package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Tracing;
import io.spanloom.e2e.MessageSnippets.ConsumerRecord;
import io.spanloom.e2e.MessageSnippets.Header;
import io.spanloom.e2e.MessageSnippets.Headers;
import io.spanloom.e2e.MessageSnippets.Message;
import io.spanloom.e2e.MessageSnippets.Orders;
import io.spanloom.e2e.MessageSnippets.Store;
import io.spanloom.spi.MemorySpan;
import io.spanloom.test.TraceRecorder;
import io.spanloom.test.TracingExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/messages-and-jobs.md says of its own code, which is run here. */
@ExtendWith(TracingExtension.class)
class MessagesAndJobsTest {

    /** Headers as Kafka's: bytes by name. */
    private static final class Record implements ConsumerRecord, Headers {
        private final Map<String, byte[]> values = new HashMap<>();

        @Override
        public Headers headers() {
            return this;
        }

        @Override
        public Headers add(String name, byte[] value) {
            values.put(name, value);
            return this;
        }

        @Override
        public @Nullable Header lastHeader(String name) {
            byte[] value = values.get(name);
            return value == null ? null : () -> value;
        }
    }

    private record Received(String trace) implements Message {
        @Override
        public Map<String, String> attributes() {
            return Map.of("AWSTraceHeader", trace);
        }

        @Override
        public @Nullable String messageAttribute(String name) {
            return null;
        }
    }

    private static final String FIRST = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    private static final String SECOND = "Root=1-5759e989-aaaaaaaaaaaaaaaaaaaaaaaa;Parent=bbbbbbbbbbbbbbbb;Sampled=1";

    private static List<MemorySpan> named(TraceRecorder traces, String name) {
        return traces.spans().stream().filter(span -> span.name().equals(name)).toList();
    }

    @Test
    void records_areASegmentEachBelowTheirProducer(TraceRecorder traces) {
        List<ConsumerRecord> topic = new ArrayList<>();
        Orders.send(new Record(), topic::add);
        Orders.send(new Record(), topic::add);

        Orders.poll(topic);

        List<MemorySpan> sent = named(traces, "orders send");
        assertThat(named(traces, "orders process"))
                .extracting(MemorySpan::traceId)
                .containsExactlyElementsOf(
                        sent.stream().map(MemorySpan::traceId).toList())
                .doesNotHaveDuplicates();
        assertThat(named(traces, "orders process"))
                .extracting(MemorySpan::parentSpanId)
                .containsExactlyElementsOf(sent.stream().map(MemorySpan::spanId).toList());
    }

    @Test
    void messagesOfABatch_areASegmentEach(TraceRecorder traces) {
        Orders.receive(List.of(new Received(FIRST), new Received(SECOND)));

        assertThat(named(traces, "orders process"))
                .extracting(MemorySpan::parentSpanId)
                .containsExactly("53995c3f42cd8ad8", "bbbbbbbbbbbbbbbb");
    }

    @Test
    void messagesTogether_areOneSegmentWithALinkToEach(TraceRecorder traces) {
        Orders.together(List.of(new Received(FIRST), new Received(SECOND)));

        assertThat(named(traces, "index orders")).singleElement().satisfies(span -> {
            assertThat(span.parentSpanId()).isNull();
            assertThat(span.metadata().toString()).contains("53995c3f42cd8ad8", "bbbbbbbbbbbbbbbb");
        });
    }

    @Test
    void jobOfARequest_isATraceOfItsOwnAndEachRunOfASchedulersToo(TraceRecorder traces) throws Exception {
        Store orders = new Store() {
            @Override
            public void deleteOld() {}

            @Override
            public void rebuild() {}
        };
        ExecutorService scheduler = Executors.newSingleThreadExecutor();
        Tracing.run("request", request -> Orders.jobs(scheduler, orders));
        scheduler.execute(() -> Tracing.run("cleanup", span -> orders.deleteOld()));
        scheduler.execute(() -> Tracing.run("cleanup", span -> orders.deleteOld()));
        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        assertThat(traces.spans())
                .extracting(MemorySpan::name)
                .containsExactlyInAnyOrder("request", "rebuild", "cleanup", "cleanup");
        assertThat(traces.spans()).extracting(MemorySpan::traceId).doesNotHaveDuplicates();
        assertThat(traces.spans()).extracting(MemorySpan::parentSpanId).containsOnlyNulls();
        String request = named(traces, "request").get(0).spanId();
        assertThat(named(traces, "rebuild").get(0).metadata().toString()).contains(request);
    }
}
