package io.spanloom;

import io.spanloom.spi.Backend;
import io.spanloom.spi.SpanSeed;
import org.jspecify.annotations.Nullable;

/** A backend that gives no spans; tests add what they look at. */
interface Silent extends Backend {

    @Override
    default String name() {
        return "silent";
    }

    @Override
    default Span start(SpanSpec spec, @Nullable SpanSeed seed) {
        return Span.noop();
    }

    @Override
    default Span current() {
        return Span.noop();
    }

    @Override
    default @Nullable Object capture() {
        return null;
    }

    @Override
    default @Nullable Object enter(@Nullable Object captured) {
        return null;
    }

    @Override
    default void leave(@Nullable Object entered) {}
}
