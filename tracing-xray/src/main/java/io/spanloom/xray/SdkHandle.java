package io.spanloom.xray;

import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.FacadeSegment;
import com.amazonaws.xray.entities.ThrowableDescription;
import com.amazonaws.xray.entities.TraceID;
import com.fasterxml.jackson.databind.util.RawValue;
import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Outcome;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Sql;
import io.spanloom.spi.Ids;
import io.spanloom.spi.ThrownException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A handle on an entity that other instrumentation opened and will end: it writes to the entity. */
final class SdkHandle extends Span {

    private final Entity entity;

    SdkHandle(Entity entity) {
        super(SpanSpec.named(name(entity)), entity.isSampled() && entity.isInProgress());
        this.entity = entity;
    }

    @Override
    public String traceId() {
        return traceId(entity);
    }

    @Override
    public String spanId() {
        return spanId(entity);
    }

    /** The name of an entity; that of no name where it is somebody's own and has none. */
    static String name(Entity entity) {
        String name = entity.getName();
        return name == null ? "" : name;
    }

    static String traceId(Entity entity) {
        TraceID known = entity.getTraceId();
        String id = known == null ? null : Ids.fromXRay(known.toString());
        return id == null ? UnsampledSpan.NO_TRACE : id;
    }

    /** The id of an entity; that of its segment where it has none of its own, as the SDK's no-op subsegments. */
    static String spanId(Entity entity) {
        String id = validId(entity);
        if (id == null) {
            id = validId(entity.getParentSegment());
        }
        return id == null ? UnsampledSpan.NO_SPAN : id;
    }

    private static @Nullable String validId(@Nullable Entity entity) {
        String id = entity == null ? null : entity.getId();
        return id == null ? null : Ids.validSpanId(id);
    }

    @Override
    public boolean isSampled() {
        return entity.isSampled();
    }

    @Override
    protected void recordAnnotation(String key, String value) {
        entity.putAnnotation(key, value);
    }

    @Override
    protected void recordAnnotation(String key, long value) {
        entity.putAnnotation(key, value);
    }

    @Override
    protected void recordAnnotation(String key, double value) {
        entity.putAnnotation(key, value);
    }

    @Override
    protected void recordAnnotation(String key, boolean value) {
        entity.putAnnotation(key, value);
    }

    @Override
    protected void recordMetadata(String namespace, String key, String json) {
        entity.putMetadata(namespace, key, new RawValue(json));
    }

    /** Sets the fault, as the SDK's own {@code addException} does: nobody tells a handle of the end. */
    @Override
    protected void recordException(List<ThrownException> chain, boolean failure) {
        recordException(chain);
        if (failure) {
            entity.setFault(true);
        }
    }

    @Override
    protected void recordException(List<ThrownException> chain) {
        long id = Ids.newSpanId();
        for (int i = 0; i < chain.size(); i++) {
            ThrownException thrown = chain.get(i);
            ThrowableDescription description = new ThrowableDescription();
            description.setId(Ids.spanId(id + i));
            description.setMessage(thrown.message());
            description.setType(thrown.type());
            description.setStack(thrown.frames().toArray(StackTraceElement[]::new));
            description.setTruncated(thrown.truncated());
            if (i + 1 < chain.size()) {
                description.setCause(Ids.spanId(id + i + 1));
            }
            entity.getCause().addException(description);
        }
    }

    @Override
    protected void recordHttp(Http.Request request) {
        Map<String, Object> values = new HashMap<>();
        values.put("method", request.method());
        values.put("url", request.url());
        putIfKnown(values, "user_agent", request.userAgent());
        putIfKnown(values, "client_ip", request.clientIp());
        if (request.forwarded()) {
            values.put("x_forwarded_for", true);
        }
        entity.putHttp("request", values);
    }

    @Override
    protected void recordHttp(Http.Response response) {
        entity.putHttp("response", Map.of("status", response.status(), "content_length", response.contentLength()));
        Outcome outcome = Outcome.ofHttpStatus(response.status());
        entity.setThrottle(outcome == Outcome.THROTTLE);
        entity.setError(outcome == Outcome.ERROR || outcome == Outcome.THROTTLE);
        entity.setFault(outcome == Outcome.FAULT);
    }

    @Override
    protected void recordSql(Sql sql) {
        String url = DocumentWriter.databaseUrl(sql);
        if (url != null) {
            entity.putSql("url", url);
        }
        entity.putSql("connection_string", DocumentWriter.connectionString(sql));
        entity.putSql("database_type", sql.system());
        String user = sql.user();
        if (user != null) {
            entity.putSql("user", user);
        }
        String query = sql.query();
        if (query != null) {
            entity.putSql("sanitized_query", query);
        }
    }

    @Override
    protected void recordAws(Aws aws) {
        AwsBlock.of(aws).forEach(entity::putAws);
        AwsBlock.beside(aws).forEach((key, json) -> entity.putMetadata("default", key, new RawValue(json)));
    }

    private static void putIfKnown(Map<String, Object> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    @Override
    protected void recordUser(String user) {
        if (entity.getParentSegment() instanceof FacadeSegment) {
            entity.putAnnotation("user", user); // Lambda's segment is nobody's to write
            return;
        }
        entity.getParentSegment().setUser(user);
    }

    @Override
    protected void leave() {}

    @Override
    protected void recordEnd(Outcome outcome, long endEpochNanos) {}
}
