package io.spanloom.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.spanloom.Http;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.spi.ThrownException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes what a span is given to an OpenTelemetry span, in the attributes that the collector's X-Ray exporter reads. */
abstract class RecordedSpan extends Span {

    final io.opentelemetry.api.trace.Span otel;

    RecordedSpan(SpanSpec spec, @Nullable Span parent, io.opentelemetry.api.trace.Span otel) {
        super(spec, parent, otel.isRecording());
        this.otel = otel;
    }

    /** A handle for a span of others. */
    RecordedSpan(SpanSpec spec, io.opentelemetry.api.trace.Span otel) {
        super(spec, otel.isRecording());
        this.otel = otel;
    }

    /** What is written as a whole; made when first needed. */
    abstract Notes notes();

    /** Called after each addition to the notes. */
    abstract void noted();

    @Override
    public String traceId() {
        return otel.getSpanContext().getTraceId();
    }

    @Override
    public String spanId() {
        return otel.getSpanContext().getSpanId();
    }

    @Override
    public boolean isSampled() {
        return otel.getSpanContext().isSampled();
    }

    @Override
    protected void recordAnnotation(String key, String value) {
        if (notes().annotation(key)) {
            otel.setAttribute(key, value);
        }
        noted();
    }

    @Override
    protected void recordAnnotation(String key, long value) {
        if (notes().annotation(key)) {
            otel.setAttribute(key, value);
        }
        noted();
    }

    @Override
    protected void recordAnnotation(String key, double value) {
        if (notes().annotation(key)) {
            otel.setAttribute(key, value);
        }
        noted();
    }

    @Override
    protected void recordAnnotation(String key, boolean value) {
        if (notes().annotation(key)) {
            otel.setAttribute(key, value);
        }
        noted();
    }

    @Override
    protected void recordMetadata(String namespace, String key, String json) {
        notes().metadata(namespace, key, json);
        noted();
    }

    @Override
    protected void recordException(List<ThrownException> chain) {
        ThrownException outermost = chain.get(0);
        // Not recordException: its stack text, with "... n more", does not survive the exporter's parser.
        event(
                Keys.EXCEPTION_EVENT,
                Attributes.of(
                        Keys.EXCEPTION_TYPE,
                        outermost.type(),
                        Keys.EXCEPTION_MESSAGE,
                        outermost.message(),
                        Keys.EXCEPTION_STACK,
                        ThrownException.stackText(chain)),
                now());
    }

    @Override
    protected void recordHttp(Http.Request request) {
        otel.setAttribute(Keys.HTTP_METHOD, request.method());
        otel.setAttribute(Keys.HTTP_URL, request.url());
        set(Keys.HTTP_USER_AGENT, request.userAgent());
        // Never both: the exporter says "forwarded" where there is a client and no peer.
        set(request.forwarded() ? Keys.CLIENT_ADDRESS : Keys.PEER_ADDRESS, request.clientIp());
    }

    @Override
    protected void recordHttp(Http.Response response) {
        otel.setAttribute(Keys.HTTP_STATUS, (long) response.status());
        if (response.contentLength() > 0) {
            event(
                    Keys.MESSAGE_EVENT,
                    Attributes.of(Keys.MESSAGE_TYPE, "RECEIVED", Keys.MESSAGE_BYTES, response.contentLength()),
                    now());
        }
    }

    @Override
    protected void recordSql(Sql sql) {
        otel.setAttribute(Keys.DB_SYSTEM, sql.system());
        otel.setAttribute(Keys.DB_NAME, sql.database());
        set(Keys.DB_SERVER, sql.server());
        set(Keys.DB_USER, sql.user());
        set(Keys.DB_STATEMENT, sql.query());
    }

    @Override
    protected void recordUser(String user) {
        otel.setAttribute(Keys.USER, user);
    }

    @Override
    protected void recordEvent(String name, long epochNanos, @Nullable String attributes) {
        // An event called "exception" would become one of X-Ray's exceptions.
        event(name.equals(Keys.EXCEPTION_EVENT) ? "exception_event" : name, EventAttributes.of(attributes), epochNanos);
    }

    @Override
    protected void recordLink(String traceId, String spanId) {
        otel.addLink(SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault()));
    }

    final void note(String namespace, String key, @Nullable String text) {
        if (text != null) {
            recordMetadata(namespace, key, Json.quoted(text));
        }
    }

    private void set(AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            otel.setAttribute(key, value);
        }
    }

    private void event(String name, Attributes attributes, long epochNanos) {
        otel.addEvent(name, attributes, epochNanos, TimeUnit.NANOSECONDS);
    }
}
