package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import org.junit.jupiter.api.Test;

/** Annotations of the span's own thread, which takes no lock, beside those of others. */
class MemorySpanTest {

    private final MemoryBackend backend = new MemoryBackend("memory", root -> true, ended -> {});
    private final Span span = backend.start(SpanSpec.named("work"), null);

    private void onAnotherThread(Runnable recording) throws InterruptedException {
        Thread another = new Thread(recording);
        another.start();
        another.join();
    }

    private java.util.Map<String, Object> annotations() {
        span.close();
        return ((MemorySpan) span).annotations();
    }

    @Test
    void valueOfAnotherThread_takesThePlaceOfTheOwn() throws Exception {
        span.annotation("step", "own").annotation("kept", true);
        onAnotherThread(() -> span.annotation("step", "another's"));
        assertThat(annotations()).containsEntry("step", "another's").containsEntry("kept", true);
    }

    @Test
    void laterValueOfTheOwnThread_takesThePlaceOfAnothers() throws Exception {
        span.annotation("step", "own");
        onAnotherThread(() -> span.annotation("step", "another's"));
        span.annotation("step", "own again");
        assertThat(annotations()).containsEntry("step", "own again");
    }

    @Test
    void manyOfTheOwnThread_areAllKept_andTakeLaterValues() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100; i++) {
                span.annotation("key" + i, (long) round * 1_000 + i);
            }
        }
        assertThat(annotations()).hasSize(100).containsEntry("key0", 1_000L).containsEntry("key99", 1_099L);
    }

    @Test
    void annotationsOfSeveralThreadsAtOnce_areAllKept() throws Exception {
        Thread another = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                span.annotation("other" + i, (long) i);
            }
        });
        another.start();
        for (int i = 0; i < 100; i++) {
            span.annotation("own" + i, (long) i);
        }
        another.join();
        assertThat(annotations()).hasSize(200);
    }
}
