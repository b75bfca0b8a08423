package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A segment and its spans that end at the same moment on several threads. */
class ConcurrentEndTest extends AtTheDaemon {

    private static final int THREADS = 4;
    private static final int ROUNDS = 100;

    @Test
    void whateverTheOrder_everySpanArrivesExactlyOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS + 1);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Span root = Tracing.span("root");
                TraceContext context = Tracing.capture();
                List<Future<?>> ends = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    Span begun = Tracing.span("begun").detach();
                    ends.add(threads.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        begun.close();
                        context.run(() -> Tracing.run("outer", outer -> Tracing.run("inner", inner -> {})));
                        return null;
                    }));
                }
                start.await(10, TimeUnit.SECONDS);
                root.close();
                for (Future<?> end : ends) {
                    end.get(10, TimeUnit.SECONDS);
                }
                keepUp();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(Tracing.flush(DEADLINE)).isTrue();
        int expected = ROUNDS * (1 + 3 * THREADS);
        List<ObjectNode> flat = LocalDaemon.flat(daemon.await(Tracing.stats().delivered()));
        assertThat(flat.stream().map(document -> document.get("id").asText()).distinct())
                .hasSize(expected);
        assertThat(flat).hasSize(expected);
        assertThat(flat)
                .noneMatch(
                        document -> document.at("/metadata/spanloom/unfinished").asBoolean());
    }
}
