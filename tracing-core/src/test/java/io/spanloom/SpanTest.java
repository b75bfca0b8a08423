package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.Sampler;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpanTest {

    private final List<MemorySpan> ended = new ArrayList<>();
    private final MemoryBackend backend = new MemoryBackend("memory", Sampler.ALL, ended::add);

    private Span span(String name) {
        return backend.start(SpanSpec.named(name), null);
    }

    @Test
    void exceptionThatIsHandled_isNotKeptAliveByTheOpenSpan() {
        try (Span open = span("main loop")) {
            WeakReference<Throwable> handled = failInside(open);

            await().atMost(Duration.ofSeconds(10)).until(() -> {
                System.gc();
                return handled.get() == null;
            });
        }
    }

    private static WeakReference<Throwable> failInside(Span span) {
        Throwable thrown = new IllegalStateException("holds on to a request");
        span.expected(thrown);
        return new WeakReference<>(thrown);
    }

    @Test
    void manyLargeEvents_keep16KiBAndCountTheRest() {
        try (Span span = span("busy")) {
            for (int i = 0; i < 100; i++) {
                span.event("row", Map.of("value", "a".repeat(1_000)));
            }
        }

        Map<String, String> events = ended.get(0).metadata().get("events");
        assertThat(events.get("list")).hasSizeBetween(15_000, 17_000).endsWith("}]");
        assertThat(events).containsEntry("left_out", "85");
    }

    @Test
    void longTextsOfRequestsAndStatements_areCut() {
        String long_ = "a".repeat(1_000_000);
        Http.Request request = Http.request("GET", long_).userAgent(long_).clientIp(long_);

        assertThat(List.of(request.url(), request.userAgent(), request.clientIp()))
                .allSatisfy(kept -> assertThat(kept).hasSize(4_096));
        assertThat(Sql.on("mysql", "cruddur").query(long_).query()).hasSize(16_384);
    }
}
