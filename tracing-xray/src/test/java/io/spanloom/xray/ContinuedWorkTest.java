package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task that schedules itself again in the context of its last turn, for ever. */
class ContinuedWorkTest extends AtTheDaemon {

    private final List<WeakReference<Object>> turns = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    @Test
    void workThatContinuesItself_keepsNoChainOfEndedSpans() {
        TraceContext context = Tracing.capture();
        for (int i = 0; i < 5; i++) {
            context = turn(context);
        }
        TraceContext last = context;
        Tracing.flush(DEADLINE);

        await().atMost(DEADLINE).until(() -> {
            System.gc();
            return turns.get(1).get() == null && turns.get(2).get() == null;
        });
        assertThat(last).isNotNull();
        assertThat(documents(5).stream()
                        .filter(document -> document.has("parent_id"))
                        .map(document -> document.get("parent_id").asText()))
                .containsExactlyInAnyOrderElementsOf(ids.subList(0, 4));
    }

    private TraceContext turn(TraceContext before) {
        try (Scope scope = before.activate();
                Span span = Tracing.span("turn")) {
            turns.add(new WeakReference<>(span));
            ids.add(span.spanId());
            return Tracing.capture();
        }
    }
}
