package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spanloom.Span;
import io.spanloom.Tracing;
import org.junit.jupiter.api.Test;

/** Those of the span's own thread, which takes no lock, beside those of others. */
class AnnotationsTest extends InMemory {

    private static void onAnotherThread(Runnable recording) throws InterruptedException {
        Thread another = new Thread(recording);
        another.start();
        another.join();
    }

    private JsonNode annotations() {
        allOnce();
        return named("work").path("annotations");
    }

    @Test
    void valueOfAnotherThread_takesThePlaceOfTheOwn() throws Exception {
        try (Span span = Tracing.segment("work")) {
            span.annotation("step", "own").annotation("kept", true);
            onAnotherThread(() -> span.annotation("step", "another's"));
        }
        assertThat(annotations()).hasToString("{\"step\":\"another's\",\"kept\":true}");
    }

    @Test
    void laterValueOfTheOwnThread_takesThePlaceOfAnothers() throws Exception {
        try (Span span = Tracing.segment("work")) {
            span.annotation("step", "own");
            onAnotherThread(() -> span.annotation("step", "another's"));
            span.annotation("step", "own again");
        }
        assertThat(annotations()).hasToString("{\"step\":\"own again\"}");
    }

    @Test
    void manyOfTheOwnThread_areAllKept_andTakeLaterValues() {
        try (Span span = Tracing.segment("work")) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 100; i++) {
                    span.annotation("key" + i, (long) round * 1_000 + i);
                }
            }
        }
        JsonNode annotations = annotations();
        assertThat(annotations).hasSize(100);
        assertThat(annotations.get("key0").asLong()).isEqualTo(1_000);
        assertThat(annotations.get("key99").asLong()).isEqualTo(1_099);
    }

    @Test
    void annotationsOfSeveralThreadsAtOnce_areAllKept() throws Exception {
        try (Span span = Tracing.segment("work")) {
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
        }
        assertThat(annotations()).hasSize(200);
    }
}
