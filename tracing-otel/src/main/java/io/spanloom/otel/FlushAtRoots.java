package io.spanloom.otel;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits at the end of each root until all that has ended is delivered, where the platform freezes all threads between
 * invocations: AWS Lambda does, and thaws them minutes later or never.
 */
final class FlushAtRoots implements SpanProcessor {

    /** An endpoint that does not answer costs each invocation so much. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private volatile @Nullable Consumer<Duration> flush;

    /** Says how to flush, once there is an SDK. */
    void by(Consumer<Duration> how) {
        flush = how;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        SpanContext parent = span.getParentSpanContext();
        Consumer<Duration> known = flush;
        if (known != null && (!parent.isValid() || parent.isRemote())) {
            known.accept(LONGEST);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
