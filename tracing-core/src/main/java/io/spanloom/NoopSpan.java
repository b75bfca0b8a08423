package io.spanloom;

import io.spanloom.spi.ThrownException;
import java.util.List;

/** The span where there is none. Not recording, so that of the methods below only the ids are ever asked. */
final class NoopSpan extends Span {

    static final NoopSpan INSTANCE = new NoopSpan();

    private NoopSpan() {
        super(SpanSpec.named("none"), false);
    }

    @Override
    public String traceId() {
        return "00000000000000000000000000000000";
    }

    @Override
    public String spanId() {
        return "0000000000000000";
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
