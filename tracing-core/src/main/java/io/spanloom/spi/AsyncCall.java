package io.spanloom.spi;

import io.spanloom.TraceContext;
import org.jspecify.annotations.Nullable;

/** A call that gave a publisher: begins a span for each subscription to it. */
public interface AsyncCall {

    /**
     * Begins the span of a subscription, which is not made current.
     *
     * @param parent below which it belongs, where the subscriber says so; null for what is current on this thread, or, where
     *     nothing is, for what was current at the call
     */
    SubscribedSpan subscribed(@Nullable TraceContext parent);
}
