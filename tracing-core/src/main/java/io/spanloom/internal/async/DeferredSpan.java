package io.spanloom.internal.async;

import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import io.spanloom.internal.OffSwitch;
import io.spanloom.internal.SnapshotJson;
import io.spanloom.spi.ThrownException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a traced method that gives a publisher has instead of a span while it runs: keeps what it is given, for the span of
 * each subscription. It is never current.
 */
public final class DeferredSpan extends Span {

    private final TraceContext called;
    private final List<Consumer<Span>> notes = new ArrayList<>(2);

    private DeferredSpan(SpanSpec spec, TraceContext called, boolean recording) {
        super(spec, recording);
        this.called = called;
    }

    /** In place of {@link Tracing#span(SpanSpec)}. */
    public static Span of(SpanSpec spec) {
        if (OffSwitch.isOff() || !Tracing.isEnabled()) {
            return Span.noop();
        }
        Span outer = Tracing.current();
        return new DeferredSpan(spec, Tracing.capture(), outer == Span.noop() || outer.isRecording());
    }

    SpanSpec described() {
        return spec();
    }

    TraceContext called() {
        return called;
    }

    /** Begins the span at once, for a call that gave no publisher after all. */
    public Span begin() {
        Span span = Tracing.span(spec());
        tell(span);
        return span;
    }

    synchronized void tell(Span span) {
        notes.forEach(note -> note.accept(span));
    }

    private synchronized void keep(Consumer<Span> note) {
        notes.add(note);
    }

    @Override
    public String traceId() {
        return Span.noop().traceId();
    }

    @Override
    public String spanId() {
        return Span.noop().spanId();
    }

    @Override
    protected void recordAnnotation(String key, String value) {
        keep(span -> span.annotation(key, value));
    }

    @Override
    protected void recordAnnotation(String key, long value) {
        keep(span -> span.annotation(key, value));
    }

    @Override
    protected void recordAnnotation(String key, double value) {
        keep(span -> span.annotation(key, value));
    }

    @Override
    protected void recordAnnotation(String key, boolean value) {
        keep(span -> span.annotation(key, value));
    }

    @Override
    protected void recordMetadata(String namespace, String key, String json) {
        SnapshotJson copied = new SnapshotJson(json);
        keep(span -> span.metadata(namespace, key, copied));
    }

    // Woven code gives it nothing else, and nobody else sees it.

    @Override
    protected void recordException(List<ThrownException> chain) {}

    @Override
    protected void recordHttp(Http.Request request) {}

    @Override
    protected void recordHttp(Http.Response response) {}

    @Override
    protected void recordSql(Sql sql) {}

    @Override
    protected void recordUser(String user) {}

    @Override
    protected void leave() {}

    @Override
    protected void recordEnd(Outcome outcome, long endEpochNanos) {}
}
