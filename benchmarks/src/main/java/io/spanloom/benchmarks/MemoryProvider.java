package io.spanloom.benchmarks;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;

/** The recorder of tests, which here forgets: {@code tracing.backend = memory}. */
final class MemoryProvider implements BackendProvider {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Backend create(TracingConfig config) {
        return new MemoryBackend(name(), config.sampler(), ended -> {});
    }
}
