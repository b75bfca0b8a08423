package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Sampler;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task that schedules itself again in the context of its last turn, for ever. */
class ContinuedWorkTest {

    @RegisterExtension
    final AttachedFixture otel = new AttachedFixture();

    private final List<WeakReference<Object>> turns = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void workThatContinuesItself_keepsNoChainOfEndedSpans(boolean bridged, boolean withBaggage) {
        OtelBackend backend = otel.backend(Sampler.ALL, bridged);
        @Nullable Object token = Context.root();
        for (int i = 0; i < 5; i++) {
            token = turn(backend, token, withBaggage);
        }
        Object last = token;

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return turns.get(1).get() == null && turns.get(2).get() == null;
        });
        assertThat(last).isNotNull();
    }

    private Object turn(OtelBackend backend, @Nullable Object token, boolean withBaggage) {
        Object entered = backend.enter(token);
        try (Scope baggage = (withBaggage ? Baggage.builder().put("k", "v").build() : Baggage.empty()).makeCurrent();
                Span span = backend.start(SpanSpec.named("turn"), null)) {
            turns.add(new WeakReference<>(span));
            return backend.capture();
        } finally {
            backend.leave(entered);
        }
    }
}
