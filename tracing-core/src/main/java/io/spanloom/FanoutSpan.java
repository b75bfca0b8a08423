package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.ThrownException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One span on several backends: everything is made canonical once, here, and handed to each.
 */
final class FanoutSpan extends Span {

    private final Span source;
    private final Span[] spans;
    private final String traceId;

    /** A span that this fan-out started. */
    FanoutSpan(SpanSpec spec, Span source, Span[] spans, String traceId) {
        super(spec.under(source.parent() != null), of(source.parent()), isRecording(spans));
        this.source = source;
        this.spans = spans;
        this.traceId = traceId;
        source.isPartOf(this);
    }

    private FanoutSpan(Span source, Span[] spans, SpanSpec spec) {
        super(spec, isRecording(spans));
        this.source = source;
        this.spans = spans;
        this.traceId = source.traceId();
    }

    /** A handle for spans that others opened. */
    static FanoutSpan handle(Span source, Span[] spans) {
        return new FanoutSpan(source, spans, SpanSpec.named(source.name()));
    }

    /** The span on all backends to which a backend's span belongs; null where it is none of a fan-out's. */
    static @Nullable FanoutSpan of(@Nullable Span span) {
        return span == null ? null : span.whole();
    }

    /** The trace of a leader's new span: its parent's text where it has one, for a backend may write it anew each time. */
    static String traceIdOf(Span leading) {
        FanoutSpan above = of(leading.parent());
        return above == null ? leading.traceId() : above.traceId;
    }

    private static boolean isRecording(Span[] spans) {
        for (Span span : spans) {
            if (span.isRecording()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String traceId() {
        return traceId;
    }

    @Override
    public String spanId() {
        return source.spanId();
    }

    @Override
    public boolean isSampled() {
        return source.isSampled();
    }

    @Override
    protected boolean isSegment() {
        return source.isSegment();
    }

    @Override
    protected void recordAnnotation(String key, String value) {
        each(span -> span.recordAnnotation(key, value));
    }

    @Override
    protected void recordAnnotation(String key, long value) {
        each(span -> span.recordAnnotation(key, value));
    }

    @Override
    protected void recordAnnotation(String key, double value) {
        each(span -> span.recordAnnotation(key, value));
    }

    @Override
    protected void recordAnnotation(String key, boolean value) {
        each(span -> span.recordAnnotation(key, value));
    }

    @Override
    protected void recordMetadata(String namespace, String key, String json) {
        each(span -> span.recordMetadata(namespace, key, json));
    }

    @Override
    protected void recordException(List<ThrownException> chain) {
        recordException(chain, true);
    }

    @Override
    protected void recordException(List<ThrownException> chain, boolean failure) {
        each(span -> span.recordException(chain, failure));
    }

    @Override
    protected void recordOperation(String name) {
        each(span -> span.operation(name));
    }

    @Override
    protected void recordHttp(Http.Request request) {
        each(span -> span.recordHttp(request));
    }

    @Override
    protected void recordHttp(Http.Response response) {
        each(span -> span.recordHttp(response));
    }

    @Override
    protected void recordSql(Sql sql) {
        each(span -> span.recordSql(sql));
    }

    @Override
    protected void recordAws(Aws aws) {
        each(span -> span.recordAws(aws));
    }

    @Override
    protected void recordUser(String user) {
        each(span -> span.root().recordUser(user));
    }

    @Override
    protected void recordEvent(String name, long epochNanos, @Nullable String attributes) {
        each(span -> span.recordEvent(name, epochNanos, attributes));
    }

    @Override
    protected void recordLink(String traceId, String spanId) {
        each(span -> span.recordLink(traceId, spanId));
    }

    @Override
    protected void leave() {
        for (int i = spans.length - 1; i >= 0; i--) {
            spans[i].detach();
        }
    }

    /** Those that do not record end, too: a backend tells by it that they are no longer current. */
    @Override
    protected void recordEnd(Outcome outcome, long endEpochNanos) {
        for (Span span : spans) {
            guarded(span, part -> part.endAs(outcome, endEpochNanos));
        }
    }

    @Override
    void endUnrecorded() {
        recordEnd(Outcome.OK, 0);
    }

    private void each(Consumer<Span> action) {
        for (Span span : spans) {
            if (span.isRecording()) {
                guarded(span, action);
            }
        }
    }

    private static void guarded(Span span, Consumer<Span> action) {
        try {
            action.accept(span);
        } catch (Throwable thrown) {
            Fatal.rethrow(thrown);
            Reporter.warn("TRC-020", "one of several backends could not record; the others are not affected", thrown);
        }
    }
}
