package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.spi.Backend;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.Sampler;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

    /** As a task does that schedules itself again. */
    @Test
    void workThatContinuesItself_keepsNoChainOfEndedSpans() {
        MemoryBackend forgetting = new MemoryBackend("memory", Sampler.ALL, span -> {});
        List<WeakReference<Object>> turns = new ArrayList<>();
        @Nullable Object token = null;
        for (int i = 0; i < 4; i++) {
            token = turn(forgetting, token, turns);
        }
        Span last = (Span) Objects.requireNonNull(token);

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return turns.get(1).get() == null && turns.get(2).get() == null;
        });
        assertThat(last.root()).isSameAs(turns.get(0).get());
    }

    @Test
    void workThatContinuesItselfOnSeveralBackends_keepsNoChainOfEndedSpans() {
        FanoutBackend both = new FanoutBackend(List.of(
                new MemoryBackend("one", Sampler.ALL, span -> {}), new MemoryBackend("two", Sampler.ALL, span -> {})));
        List<WeakReference<Object>> turns = new ArrayList<>();
        @Nullable Object token = null;
        for (int i = 0; i < 4; i++) {
            token = turn(both, token, turns);
        }
        @Nullable Object last = token;

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return turns.get(1).get() == null && turns.get(2).get() == null;
        });
        assertThat(last).isNotNull();
    }

    private static @Nullable Object turn(Backend backend, @Nullable Object token, List<WeakReference<Object>> turns) {
        Object entered = backend.enter(token);
        try (Span span = backend.start(SpanSpec.named("turn"), null)) {
            turns.add(new WeakReference<>(span));
            return backend.capture();
        } finally {
            backend.leave(entered);
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

        Map<String, String> events = ended.get(0).metadata().getOrDefault("events", Map.of());
        assertThat(events).containsEntry("left_out", "85");
        assertThat(events.getOrDefault("list", ""))
                .hasSizeBetween(15_000, 17_000)
                .endsWith("}]");
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
