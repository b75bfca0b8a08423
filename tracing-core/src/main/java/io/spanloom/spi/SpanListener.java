package io.spanloom.spi;

import java.time.Duration;

/**
 * Hears of spans as they start, fail and end: for metrics, for reports of errors, for whatever is to know of every operation
 * without being a backend.
 *
 * <pre>{@code
 * Scope listening = SpanListeners.add(new SpanListener() {
 *     @Override
 *     public void onEnd(SpanView span) {
 *         slowest.accumulate(span.durationNanos());
 *     }
 * });
 * }</pre>
 *
 * <p><b>What is heard of.</b> Each span that the facade or a woven method starts, once, whatever and however many backends
 * record it, and whether its trace is {@linkplain SpanView#isSampled sampled} or not. Not heard of are spans of other
 * instrumentation, and all while tracing is off. Spans that are started while a listener is being told of one are not heard
 * of either, so that a listener may call traced code.
 *
 * <p><b>Threads.</b> Every method runs on the thread that starts, fails or ends the span, amid the application's own work, and
 * several at once: it must not block or do I/O. <b>Errors.</b> What a listener throws harms nobody: it is counted
 * ({@link io.spanloom.SpanListeners#stats}) and said once (TRC-027), the other listeners are told all the same, and it is
 * told of the next span again. <b>Null.</b> No argument is ever null.
 */
public interface SpanListener {

    /** What people call it, in messages and figures; by default the name of its class. */
    default String name() {
        return getClass().getSimpleName().isEmpty()
                ? getClass().getName()
                : getClass().getSimpleName();
    }

    /** A span has started. Nothing has been recorded on it yet. */
    default void onStart(SpanView span) {}

    /**
     * A span has failed with an exception ({@link io.spanloom.Span#fail}, or an exception that left the operation and is
     * neither ignored nor expected). Told at once, and for the deepest span only: for those above, which the same exception
     * leaves or one that it is a cause of, it is not told again, unless it was no fault there (a call that was answered 400).
     */
    default void onError(SpanView span, Throwable thrown) {}

    /** A span has ended; nothing changes on it any more. Never told of a span that nobody ends. */
    default void onEnd(SpanView span) {}

    /** What became of what this listener was to deliver; {@link BackendStats#NONE} where it delivers nothing. */
    default BackendStats stats() {
        return BackendStats.NONE;
    }

    /**
     * Waits until what it was told so far is delivered or counted as dropped. Called at the JVM's end, on a thread of
     * core's.
     *
     * @return whether that was so within the time
     */
    default boolean flush(Duration timeout) {
        return true;
    }

    /** Delivers what is queued within two seconds, then lets everything go. Called of those that a provider made. */
    default void close() {}
}
