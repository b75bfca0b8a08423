package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanListener;
import io.spanloom.spi.SpanView;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** One listener, and what it threw: nothing of that gets further. */
final class ListenerCalls {

    /** Why a call that a listener threw from counts as dropped. */
    static final String THREW = "listener threw";

    private final SpanListener listener;
    private final String name;
    private final BackendCalls slow;
    private final LongAdder thrown = new LongAdder();
    private volatile boolean removed;

    ListenerCalls(SpanListener listener) {
        this.listener = listener;
        this.name = nameOf(listener);
        this.slow = new BackendCalls("the listener " + name, listener);
    }

    private static String nameOf(SpanListener listener) {
        try {
            return String.valueOf(listener.name());
        } catch (RuntimeException | LinkageError broken) {
            return listener.getClass().getName();
        }
    }

    String name() {
        return name;
    }

    void remove() {
        removed = true;
    }

    void started(SpanView span) {
        if (!removed) {
            try {
                listener.onStart(span);
            } catch (Throwable refusal) {
                refused("start", refusal);
            }
        }
    }

    void failed(SpanView span, Throwable failure) {
        if (!removed) {
            try {
                listener.onError(span, failure);
            } catch (Throwable refusal) {
                refused("failure", refusal);
            }
        }
    }

    void ended(SpanView span) {
        if (!removed) {
            try {
                listener.onEnd(span);
            } catch (Throwable refusal) {
                refused("end", refusal);
            }
        }
    }

    private void refused(String what, Throwable refusal) {
        Fatal.rethrow(refusal);
        thrown.increment();
        Reporter.warnAbout(
                name,
                "TRC-027",
                "the listener " + name + " threw when it was told of a span's " + what
                        + "; the application and other listeners are not affected",
                refusal);
    }

    BackendStats stats() {
        long calls = thrown.sum();
        BackendStats own = slow.stats();
        return calls == 0 ? own : own.plus(new BackendStats(calls, 0, Map.of(THREW, calls), 0));
    }

    /** Whether it threw, or did not come back, when it was last asked for its counts or to flush. */
    boolean isSilent() {
        return slow.isSilent();
    }

    boolean flush(Duration timeout) {
        return slow.flush(timeout);
    }

    void close() {
        slow.close();
    }
}
