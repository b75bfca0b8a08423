package io.spanloom.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.spanloom.Links;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.annotation.Traced;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The code of docs/messages-and-jobs.md, compiled against the shapes of the libraries. {@link SnippetsTest} holds them together. */
@SuppressWarnings({"unused", "NullAway"})
final class MessageSnippets {

    interface Header {
        byte[] value();
    }

    interface Headers {
        Headers add(String name, byte[] value);

        @Nullable
        Header lastHeader(String name);
    }

    interface ConsumerRecord {
        Headers headers();
    }

    interface Producer {
        void send(ConsumerRecord record);
    }

    interface Message {
        Map<String, String> attributes();

        @Nullable
        String messageAttribute(String name);
    }

    interface Store {
        void deleteOld();

        void rebuild();
    }

    static final class Orders {

        static final SpanSpec SEND = SpanSpec.named("orders send").kind(SpanKind.PRODUCER);
        static final SpanSpec HANDLE = SpanSpec.named("orders process").kind(SpanKind.CONSUMER);

        static final SpanSpec REBUILD = SpanSpec.named("rebuild").newRoot(true);

        static void send(ConsumerRecord record, Producer producer) {
            Tracing.run(SEND, span -> {
                Tracing.inject(record.headers(), (headers, name, value) -> headers.add(name, value.getBytes(UTF_8)));
                producer.send(record);
            });
        }

        static void poll(List<ConsumerRecord> records) {
            for (ConsumerRecord record : records) {
                try (Span span = Tracing.segment(HANDLE, record.headers(), Orders::header)) {
                    handle(record);
                }
            }
        }

        static String header(Headers headers, String name) {
            Header found = headers.lastHeader(name);
            return found == null ? null : new String(found.value(), UTF_8);
        }

        static void receive(List<Message> batch) {
            for (Message message : batch) {
                try (Span span = Tracing.segment(HANDLE, message, Orders::attribute)) {
                    handle(message);
                }
            }
        }

        static String attribute(Message message, String name) {
            return name.equals("X-Amzn-Trace-Id")
                    ? message.attributes().get("AWSTraceHeader")
                    : message.messageAttribute(name);
        }

        static void together(List<Message> batch) {
            try (Span span = Tracing.segment("index orders")) {
                batch.forEach(message -> Links.add(span, message, Orders::attribute));
                index(batch);
            }
        }

        static void jobs(ExecutorService executor, Store orders) {
            executor.execute(Tracing.wrap(() -> Tracing.run(REBUILD, span -> orders.rebuild())));
        }

        private static void handle(Object message) {}

        private static void index(List<Message> batch) {}
    }

    static final class Jobs {
        private final Store orders;

        Jobs(Store orders) {
            this.orders = orders;
        }

        @Traced("cleanup")
        void cleanUp() {
            orders.deleteOld();
        }
    }

    private MessageSnippets() {}
}
