package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.ThrownException;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One span on several backends: everything is made canonical once, here, and handed to each.
 */
final class FanoutSpan extends Span {

    /** The one that gave ids and decision first. */
    private final Span[] spans;

    private final String traceId;

    /**
     * A span that this fan-out started.
     *
     * @param spans the one that gave ids and decision first
     */
    FanoutSpan(SpanSpec spec, Span[] spans, String traceId) {
        super(spec.under(spans[0].parent() != null), of(spans[0].parent()), isRecording(spans));
        this.spans = spans;
        this.traceId = traceId;
        runsBy(spans[0]);
        for (Span span : spans) {
            if (span.ownsScope()) {
                span.isPartOf(this);
                span.runsBy(this);
            }
        }
    }

    private FanoutSpan(Span[] spans) {
        super(SpanSpec.named(spans[0].name()), isRecording(spans));
        this.spans = spans;
        this.traceId = spans[0].traceId();
    }

    /**
     * A handle for spans that others opened.
     *
     * @param spans the one whose ids it has first
     */
    static FanoutSpan handle(Span[] spans) {
        return new FanoutSpan(spans);
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
        return spans[0].spanId();
    }

    @Override
    public boolean isSampled() {
        return spans[0].isSampled();
    }

    @Override
    protected long startEpochNanos() {
        for (Span span : spans) {
            if (span.isRecording()) {
                return span.startEpochNanos();
            }
        }
        return now();
    }

    @Override
    protected boolean isSegment() {
        return spans[0].isSegment();
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
            try {
                span.endAs(outcome, endEpochNanos);
            } catch (Throwable thrown) {
                refusedPart(thrown);
            }
            if (parent() != null && span.ownsScope()) {
                VarHandle.storeStoreFence(); // whoever finds it no part of anything finds it ended
                span.isPartOf(null); // so that one backend's queue does not keep what the others have let go
            }
        }
    }

    @Override
    void endUnrecorded() {
        recordEnd(Outcome.OK, 0);
    }

    private void each(Consumer<Span> action) {
        for (Span span : spans) {
            if (span.isRecording()) {
                try {
                    action.accept(span);
                } catch (Throwable thrown) {
                    refusedPart(thrown);
                }
            }
        }
    }

    private static void refusedPart(Throwable thrown) {
        Fatal.rethrow(thrown);
        Reporter.warn("TRC-020", "one of several backends could not record; the others are not affected", thrown);
    }
}
