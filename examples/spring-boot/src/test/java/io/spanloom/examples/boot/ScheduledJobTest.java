package io.spanloom.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spanloom.Tracing;
import io.spanloom.spi.MemorySpan;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A job that Spring Boot 4 runs again and again. */
class ScheduledJobTest {

    @AfterEach
    void shutDown() {
        Tracing.shutdown();
    }

    @Test
    void eachRun_isATraceOfItsOwn() {
        MemoryProvider.ENDED.clear();
        try (ConfigurableApplicationContext context = SpringApplication.run(
                BootApplication.class,
                "--server.port=0",
                "--tracing.backend=memory",
                "--activities.cleanup.every=20ms")) {
            await().until(() -> MemoryProvider.named("cleanup").size() >= 3);
        }

        List<MemorySpan> runs = MemoryProvider.named("cleanup");
        assertThat(runs).allSatisfy(run -> assertThat(run.parentSpanId()).isNull());
        assertThat(runs).extracting(MemorySpan::traceId).doesNotHaveDuplicates();
        assertThat(MemoryProvider.named("latest"))
                .extracting(MemorySpan::parentSpanId)
                .containsAll(runs.stream().map(MemorySpan::spanId).toList());
    }
}
