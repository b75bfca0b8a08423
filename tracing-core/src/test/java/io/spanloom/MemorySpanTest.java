package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.MemorySpan;
import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a span in memory keeps, and what it does not. */
class MemorySpanTest {

    private static final int KEPT = 1_000;

    private final InMemory memory = new InMemory();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void annotationsWithoutEnd_areKeptUpToABoundAndCounted() {
        Tracing.run("root", root -> {
            for (int i = 0; i < KEPT + 10; i++) {
                root.annotation("k" + i, i);
            }
            root.annotation("k0", "replaced");
        });

        MemorySpan root = memory.ended.remove();
        assertThat(root.annotations()).hasSize(KEPT).containsEntry("k0", "replaced");
        assertThat(root.valuesLeftOut()).isEqualTo(10);
    }

    @Test
    void metadataWithoutEnd_isKeptUpToABoundAndCounted() {
        Tracing.run("root", root -> {
            for (int i = 0; i < KEPT + 10; i++) {
                root.metadata("n" + i % 3, "k" + i, i);
            }
            root.metadata("n0", "k0", "replaced");
        });

        MemorySpan root = memory.ended.remove();
        assertThat(root.metadata().values().stream()
                        .mapToInt(values -> values.size())
                        .sum())
                .isEqualTo(KEPT);
        assertThat(root.metadata().get("n0")).containsEntry("k0", "\"replaced\"");
        assertThat(root.valuesLeftOut()).isEqualTo(10);
    }

    @Test
    void exceptionsWithoutEnd_areKeptUpToABoundAndCounted() {
        Tracing.run("root", root -> {
            for (int i = 0; i < KEPT + 10; i++) {
                root.expected(new IllegalStateException("number " + i));
            }
        });

        MemorySpan root = memory.ended.remove();
        assertThat(root.exceptions()).hasSize(KEPT);
        assertThat(root.valuesLeftOut()).isEqualTo(10);
    }

    @Test
    void workThatContinuesItselfAndIsNeverLeft_keepsNotTheSpansBefore() throws Exception {
        Tracing.span("root").close();
        TraceContext context = Tracing.capture();
        for (int i = 0; i < 100; i++) {
            TraceContext before = context;
            CompletableFuture<Span> begun = new CompletableFuture<>();
            CompletableFuture<TraceContext> captured = new CompletableFuture<>();
            elsewhere(() -> before.run(() -> {
                begun.complete(Tracing.span("step")); // never left here
                captured.complete(Tracing.capture());
            }));
            context = captured.get();
            begun.get().close();
        }

        MemorySpan last = null;
        for (MemorySpan each : memory.ended) {
            last = each;
        }
        int links = 0;
        Field previous = MemorySpan.class.getDeclaredField("previous");
        previous.setAccessible(true);
        for (Object span = last; span != null; span = previous.get(span)) {
            links++;
        }
        assertThat(links).as("spans that the last one keeps alive").isLessThanOrEqualTo(3);
    }

    private static void elsewhere(Runnable action) throws InterruptedException {
        Thread thread = new Thread(action);
        thread.start();
        thread.join();
    }
}
