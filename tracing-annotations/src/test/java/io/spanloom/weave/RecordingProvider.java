package io.spanloom.weave;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.MemoryBackend;
import io.spanloom.spi.MemorySpan;
import io.spanloom.spi.SpanSeed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The backend {@code memtest}: keeps what has ended, and misbehaves when told to. */
public final class RecordingProvider implements BackendProvider {

    static final List<MemorySpan> ENDED = new CopyOnWriteArrayList<>();

    /** What starting a span does instead; null for what it should. */
    static volatile @Nullable Supplier<@Nullable Span> misbehaviour;

    /** Called by {@link java.util.ServiceLoader}. */
    public RecordingProvider() {}

    @Override
    public String name() {
        return "memtest";
    }

    @Override
    public Backend create(TracingConfig config) {
        MemoryBackend memory = new MemoryBackend(name(), config.sampler(), ENDED::add);
        return new Backend() {
            @Override
            public String name() {
                return memory.name();
            }

            @Override
            @SuppressWarnings("NullAway") // a backend in breach of its contract
            public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
                Supplier<@Nullable Span> instead = misbehaviour;
                return instead != null ? instead.get() : memory.start(spec, seed);
            }

            @Override
            public Span current() {
                return memory.current();
            }

            @Override
            public @Nullable Object capture() {
                return memory.capture();
            }

            @Override
            public @Nullable Object enter(@Nullable Object captured) {
                return memory.enter(captured);
            }

            @Override
            public void leave(@Nullable Object entered) {
                memory.leave(entered);
            }
        };
    }
}
