package io.spanloom;

import io.spanloom.spi.BackendStats;
import io.spanloom.spi.SpanListener;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who hears of spans, beside the backends.
 *
 * <pre>{@code
 * SpanListeners.add(SpanMetrics.to(meterRegistry));
 * }</pre>
 *
 * <p>Those of modules on the class path are found by themselves ({@link io.spanloom.spi.SpanListenerProvider}).
 */
public final class SpanListeners {

    private SpanListeners() {}

    /**
     * Tells the listener of every span that starts from now on, whatever configuration is in force then. It is flushed with
     * the backends; to close it is its owner's business.
     *
     * @return ends that: spans that it was told of go on, and nothing more is told to it. May be closed on any thread, twice
     */
    public static Scope add(SpanListener listener) {
        ListenerCalls calls = new ListenerCalls(Objects.requireNonNull(listener, "listener"));
        Listening.add(calls);
        AtomicBoolean removed = new AtomicBoolean();
        return () -> {
            if (removed.compareAndSet(false, true)) {
                Listening.remove(calls);
            }
        };
    }

    /**
     * What became of what each listener in force was told and had to deliver, by its name. A call that it threw from counts as
     * offered and dropped, {@code listener threw}; of several by one name it is the sum.
     */
    public static Map<String, BackendStats> stats() {
        return Lifecycle.active().listening().stats();
    }
}
