package io.spanloom.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.spanloom.spi.ThrownException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An exception with its causes, and when it was recorded. */
record ThrownChain(List<ThrownException> chain, long epochNanos) {

    /** Not by {@code recordException}: its stack text, with "... n more", does not survive the exporter's parser. */
    void writeTo(Span span) {
        ThrownException outermost = chain.get(0);
        Attributes attributes = Attributes.of(
                Keys.EXCEPTION_TYPE,
                outermost.type(),
                Keys.EXCEPTION_MESSAGE,
                outermost.message(),
                Keys.EXCEPTION_STACK,
                ThrownException.stackText(chain));
        span.addEvent(Keys.EXCEPTION_EVENT, attributes, epochNanos, TimeUnit.NANOSECONDS);
    }

    ThrownChain withoutFrames() {
        List<ThrownException> bare = chain.stream()
                .map(thrown -> new ThrownException(
                        thrown.type(),
                        thrown.message(),
                        List.of(),
                        thrown.truncated() + thrown.frames().size()))
                .toList();
        return new ThrownChain(bare, epochNanos);
    }
}
