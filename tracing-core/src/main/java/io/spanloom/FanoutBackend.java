package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Several backends at once: the leader gives ids and decision, the others follow with the same ones, so that the spans
 * of one request can be laid side by side. Each backend's failure stays its own.
 */
final class FanoutBackend implements Backend {

    private static final int NONE = -1;

    /** The leader first. */
    private final Backend[] backends;

    /** Of each, in the same order. */
    private final List<BackendCalls> calls;

    /**
     * @param named in the order of the configuration: the first that insists on its own ids leads, else simply the first
     */
    FanoutBackend(List<Backend> named) {
        List<Backend> order = new ArrayList<>(named);
        order.stream().filter(backend -> !backend.acceptsIds()).findFirst().ifPresent(leader -> {
            order.remove(leader);
            order.add(0, leader);
        });
        backends = order.toArray(Backend[]::new);
        calls = order.stream().map(BackendCalls::new).toList();
    }

    List<Backend> backends() {
        return List.of(backends);
    }

    @Override
    public String name() {
        return String.join(",", backends().stream().map(Backend::name).toList());
    }

    @Override
    public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
        Span[] spans = new Span[backends.length]; // the leading one first
        int leading = seed == null ? startChild(spec, spans) : NONE;
        int count = leading == NONE ? 0 : 1;
        String traceId = leading == NONE ? null : FanoutSpan.traceIdOf(spans[0]);
        SpanSeed next = traceId == null ? seed : follow(spans[0], traceId, seed);
        for (int i = 0; i < backends.length; i++) {
            if (i == leading) {
                continue;
            }
            Span span = start(backends[i], spec, next);
            if (traceId == null && span != Span.noop()) {
                if (!span.ownsScope()) {
                    return span; // one for all children of an unsampled parent: the others would give theirs
                }
                traceId = FanoutSpan.traceIdOf(span);
                next = follow(span, traceId, seed);
                spans[count++] = spans[0];
                spans[0] = span;
            } else {
                spans[count++] = span;
            }
        }
        return traceId == null ? Span.noop() : new FanoutSpan(spec, spans, traceId);
    }

    private static SpanSeed follow(Span source, String traceId, @Nullable SpanSeed seed) {
        long started = source.isRecording() ? source.startEpochNanos() : 0;
        return SpanSeed.follow(seed, traceId, source.spanId(), source.isSampled(), started)
                .decidedBy(source.samplingRule());
    }

    /** Puts the child of the first backend that had rather draw its id by itself first; which one that is, or {@link #NONE}. */
    private int startChild(SpanSpec spec, Span[] spans) {
        for (int i = 0; i < backends.length; i++) {
            Span child = startChild(backends[i], spec);
            if (child != null) {
                spans[0] = child;
                return i;
            }
        }
        return NONE;
    }

    private static @Nullable Span startChild(Backend backend, SpanSpec spec) {
        try {
            return backend.startChild(spec);
        } catch (Throwable thrown) {
            refused(backend, "start a span", thrown);
            return null;
        }
    }

    private static Span start(Backend backend, SpanSpec spec, @Nullable SpanSeed seed) {
        try {
            return Objects.requireNonNull(backend.start(spec, seed), "the backend gave no span");
        } catch (Throwable thrown) {
            refused(backend, "start a span", thrown);
            return Span.noop();
        }
    }

    @Override
    public Span current() {
        Span[] spans = new Span[backends.length];
        int found = NONE;
        for (int i = 0; i < spans.length; i++) {
            spans[i] = current(backends[i]);
            if (found == NONE && spans[i] != Span.noop()) {
                FanoutSpan ours = FanoutSpan.of(spans[i]);
                if (ours != null) {
                    return ours;
                }
                found = i;
            }
        }
        if (found == NONE) {
            return Span.noop();
        }
        Span first = spans[found];
        spans[found] = spans[0];
        spans[0] = first;
        return FanoutSpan.handle(spans);
    }

    private static Span current(Backend backend) {
        try {
            return Objects.requireNonNull(backend.current(), "the backend gave no span");
        } catch (Throwable thrown) {
            refused(backend, "tell what is current", thrown);
            return Span.noop();
        }
    }

    @Override
    public @Nullable Object[] capture() {
        @Nullable Object[] captured = new @Nullable Object[backends.length];
        for (int i = 0; i < captured.length; i++) {
            try {
                captured[i] = backends[i].capture();
            } catch (Throwable thrown) {
                refused(backends[i], "capture what is current", thrown);
            }
        }
        return captured;
    }

    @Override
    public @Nullable Object[] enter(@Nullable Object captured) {
        @Nullable
        Object[] each = captured instanceof @Nullable Object[] known ? known : new @Nullable Object[backends.length];
        @Nullable Object[] entered = new @Nullable Object[backends.length];
        for (int i = 0; i < entered.length; i++) {
            try {
                entered[i] = backends[i].enter(each[i]);
            } catch (Throwable thrown) {
                entered[i] = this; // nothing to leave
                refused(backends[i], "make a captured trace current", thrown);
            }
        }
        return entered;
    }

    @Override
    public void leave(@Nullable Object entered) {
        if (!(entered instanceof @Nullable Object[] each)) {
            return;
        }
        for (int i = each.length - 1; i >= 0; i--) {
            try {
                if (each[i] != this) {
                    backends[i].leave(each[i]);
                }
            } catch (Throwable thrown) {
                refused(backends[i], "restore what was current", thrown);
            }
        }
    }

    @Override
    public boolean acceptsIds() {
        return backends[0].acceptsIds();
    }

    @Override
    public BackendStats stats() {
        BackendStats sum = BackendStats.NONE;
        for (BackendCalls each : calls) {
            sum = sum.plus(each.stats());
        }
        return sum;
    }

    @Override
    public boolean flush(Duration timeout) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BackendCalls.millis(timeout));
        List<BackendCalls> late = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            // Each its share, so that one that cannot deliver does not use up the time of those that can.
            if (!calls.get(i).flush(left(deadline).dividedBy(calls.size() - i))) {
                late.add(calls.get(i));
            }
        }
        late.removeIf(each -> each.flush(left(deadline)));
        return late.isEmpty();
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    @Override
    public void close() {
        calls.forEach(BackendCalls::close);
    }

    private static void refused(Backend backend, String what, Throwable thrown) {
        Fatal.rethrow(thrown);
        Reporter.warn(
                "TRC-021",
                "the backend " + backend.name() + " could not " + what + "; the application is not affected",
                thrown);
    }
}
