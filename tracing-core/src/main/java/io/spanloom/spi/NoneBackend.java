package io.spanloom.spi;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import org.jspecify.annotations.Nullable;

/** Tracing that is off. */
final class NoneBackend implements Backend {

    static final NoneBackend INSTANCE = new NoneBackend();

    private NoneBackend() {}

    @Override
    public String name() {
        return "none";
    }

    @Override
    public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
        return Span.noop();
    }

    @Override
    public Span current() {
        return Span.noop();
    }

    @Override
    public @Nullable Object capture() {
        return null;
    }

    @Override
    public @Nullable Object enter(@Nullable Object captured) {
        return null;
    }

    @Override
    public void leave(@Nullable Object entered) {}
}
