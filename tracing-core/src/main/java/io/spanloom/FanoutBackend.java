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

    /** The leader first. */
    private final List<Backend> backends;

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
        backends = List.copyOf(order);
        calls = backends.stream().map(BackendCalls::new).toList();
    }

    List<Backend> backends() {
        return backends;
    }

    @Override
    public String name() {
        return String.join(",", backends.stream().map(Backend::name).toList());
    }

    @Override
    public Span start(SpanSpec spec, @Nullable SpanSeed seed) {
        Span[] spans = new Span[backends.size()];
        Span source = null;
        String traceId = null;
        SpanSeed next = seed;
        for (int i = 0; i < spans.length; i++) {
            Span span = start(backends.get(i), spec, next);
            spans[i] = span;
            if (source == null && span != Span.noop()) {
                if (!span.ownsScope()) {
                    return span; // one for all children of an unsampled parent: the others would give theirs
                }
                source = span;
                long started = span.isRecording() ? span.startEpochNanos() : 0;
                traceId = FanoutSpan.traceIdOf(span);
                next = SpanSeed.follow(seed, traceId, span.spanId(), span.isSampled(), started)
                        .decidedBy(span.samplingRule());
            }
        }
        return source == null || traceId == null ? Span.noop() : new FanoutSpan(spec, source, spans, traceId);
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
        Span[] spans = new Span[backends.size()];
        Span source = Span.noop();
        for (int i = 0; i < spans.length; i++) {
            spans[i] = current(backends.get(i));
            FanoutSpan ours = FanoutSpan.of(spans[i]);
            if (ours != null) {
                return ours;
            }
            source = source == Span.noop() ? spans[i] : source;
        }
        return source == Span.noop() ? source : FanoutSpan.handle(source, spans);
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
        @Nullable Object[] captured = new @Nullable Object[backends.size()];
        for (int i = 0; i < captured.length; i++) {
            try {
                captured[i] = backends.get(i).capture();
            } catch (Throwable thrown) {
                refused(backends.get(i), "capture what is current", thrown);
            }
        }
        return captured;
    }

    @Override
    public @Nullable Object[] enter(@Nullable Object captured) {
        @Nullable
        Object[] each = captured instanceof @Nullable Object[] known ? known : new @Nullable Object[backends.size()];
        @Nullable Object[] entered = new @Nullable Object[backends.size()];
        for (int i = 0; i < entered.length; i++) {
            try {
                entered[i] = backends.get(i).enter(each[i]);
            } catch (Throwable thrown) {
                entered[i] = this; // nothing to leave
                refused(backends.get(i), "make a captured trace current", thrown);
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
                    backends.get(i).leave(each[i]);
                }
            } catch (Throwable thrown) {
                refused(backends.get(i), "restore what was current", thrown);
            }
        }
    }

    @Override
    public boolean acceptsIds() {
        return backends.get(0).acceptsIds();
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
