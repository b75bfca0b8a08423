package io.spanloom.examples.boot;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A backend by which tests see what an application traced. */
public final class MemoryProvider implements BackendProvider {

    public static final Queue<MemorySpan> ENDED = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Backend create(TracingConfig config) {
        return new MemoryBackend("memory", config.sampler(), ENDED::add);
    }

    public static List<MemorySpan> named(String name) {
        return ENDED.stream().filter(span -> span.name().equals(name)).toList();
    }

    public static int status(MemorySpan span) {
        return Objects.requireNonNull(span.response()).status();
    }
}
