package io.spanloom;

import io.spanloom.spi.Backend;
import io.spanloom.spi.SpanSeed;
import org.jspecify.annotations.Nullable;

/** A backend that gives no spans, and tells when it is closed. */
record ClosingBackend(Runnable onClose) implements Backend {

    @Override
    public String name() {
        return "closing";
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

    @Override
    public void close() {
        onClose.run();
    }
}
