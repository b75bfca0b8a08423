package io.spanloom.xray;

import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.spi.ThrownException;
import java.util.List;

/**
 * What stands for every span below one that is not sampled: it has that one's ids, records nothing, and its close does
 * nothing, for what is current stays. One per segment of ours, so that a child costs no allocation.
 */
final class UnsampledSpan extends Span {

    static final String NO_TRACE = "0".repeat(32);
    static final String NO_SPAN = "0".repeat(16);

    private final String traceId;
    private final String spanId;

    UnsampledSpan(SpanSpec spec, String traceId, String spanId) {
        super(spec, false);
        this.traceId = traceId;
        this.spanId = spanId;
    }

    @Override
    public String traceId() {
        return traceId;
    }

    @Override
    public String spanId() {
        return spanId;
    }

    @Override
    protected void recordAnnotation(String key, String value) {}

    @Override
    protected void recordAnnotation(String key, long value) {}

    @Override
    protected void recordAnnotation(String key, double value) {}

    @Override
    protected void recordAnnotation(String key, boolean value) {}

    @Override
    protected void recordMetadata(String namespace, String key, String json) {}

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
