package io.spanloom.otel;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.spanloom.Aws;
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

    RecordedSpan(SpanSpec spec, @Nullable Span parent, io.opentelemetry.api.trace.Span otel, boolean recording) {
        super(spec, parent, recording);
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
        notes().annotation(key, value);
        noted();
    }

    @Override
    protected void recordAnnotation(String key, long value) {
        notes().annotation(key, value);
        noted();
    }

    @Override
    protected void recordAnnotation(String key, double value) {
        notes().annotation(key, value);
        noted();
    }

    @Override
    protected void recordAnnotation(String key, boolean value) {
        notes().annotation(key, value);
        noted();
    }

    @Override
    protected void recordMetadata(String namespace, String key, String json) {
        notes().metadata(namespace, key, json);
        noted();
    }

    @Override
    protected void recordException(List<ThrownException> chain) {
        notes().exception(chain, now());
        noted();
    }

    @Override
    protected void recordHttp(Http.Request request) {
        notes().request(request);
        noted();
    }

    @Override
    protected void recordHttp(Http.Response response) {
        notes().response(response, now());
        noted();
    }

    @Override
    protected void recordSql(Sql sql) {
        notes().sql(sql);
        noted();
    }

    @Override
    protected void recordAws(Aws aws) {
        notes().aws(aws);
        noted();
    }

    @Override
    protected void recordUser(String user) {
        otel.setAttribute(Keys.USER, user);
    }

    @Override
    protected void recordEvent(String name, long epochNanos, @Nullable String attributes) {
        // Events of these names would become X-Ray's exceptions.
        boolean taken = name.equals(Keys.EXCEPTION_EVENT) || name.equals(Keys.AWS_FAILURE_EVENT);
        otel.addEvent(taken ? name + "_event" : name, EventAttributes.of(attributes), epochNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    protected void recordLink(String traceId, String spanId) {
        notes().link();
        otel.addLink(SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault()));
    }
}
