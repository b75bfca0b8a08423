package io.spanloom;

import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Spans that stay in memory, in force until it is closed. */
final class InMemory implements AutoCloseable {

    final Queue<MemorySpan> ended = new ConcurrentLinkedQueue<>();
    private final Scope override;

    InMemory(ConfigKey<?> key, String value) {
        override = Tracing.override(TracingConfig.builder()
                .alone()
                .provider(new Provider())
                .backend("memory")
                .set(key, value)
                .build());
    }

    InMemory() {
        this(TracingConfig.SERVICE, "test");
    }

    private final class Provider implements BackendProvider {
        @Override
        public String name() {
            return "memory";
        }

        @Override
        public Backend create(TracingConfig config) {
            return new MemoryBackend("memory", config.sampler(), ended::add);
        }
    }

    @Override
    public void close() {
        override.close();
    }
}
