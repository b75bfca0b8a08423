package io.spanloom.propagation;

import io.micrometer.context.ThreadLocalAccessor;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is current to Micrometer's context-propagation, and with it to Reactor, Spring and everything else that
 * speaks it. Registered as a service: to have the jar beside {@code io.micrometer:context-propagation} is enough.
 *
 * <pre>{@code
 * Hooks.enableAutomaticContextPropagation();            // once, in main
 * Mono.fromCallable(this::load).subscribeOn(elastic).contextCapture();
 * }</pre>
 *
 * <p>Stateless; any thread may use it at any time. Nothing here throws. While tracing is off there is nothing to hand over.
 */
public final class TraceContextAccessor implements ThreadLocalAccessor<TraceContext> {

    /** Called by the service loader. */
    public TraceContextAccessor() {}

    @Override
    public Object key() {
        return TraceContext.KEY;
    }

    /** Null where nothing is current, so that nothing is handed over. */
    @Override
    public @Nullable TraceContext getValue() {
        return Tracing.current() == Span.noop() ? null : Tracing.capture();
    }

    @Override
    public void setValue(TraceContext context) {
        context.makeCurrent();
    }

    @Override
    public void setValue() {
        TraceContext.clear();
    }

    /** Makes current exactly what was, whatever the code in between left behind. */
    @Override
    public void restore(TraceContext before) {
        before.makeCurrent();
    }

    @Override
    public void restore() {
        TraceContext.clear();
    }
}
