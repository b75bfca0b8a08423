package io.spanloom.xray;

import com.amazonaws.xray.entities.Cause;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.ThrowableDescription;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What remains of an entity that the SDK cannot write, or that is too big for a datagram: everything but metadata and
 * stack frames, and a mark.
 */
final class SdkRemains {

    /** Characters of an exception's message; the SDK sets no limit. */
    private static final int MESSAGE = 1_000;

    private final JsonGenerator json;

    SdkRemains(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the fields of an object that the caller has begun and will end. */
    void write(Entity entity) throws IOException {
        json.writeStringField("name", SdkHandle.name(entity));
        json.writeStringField("id", SdkHandle.spanId(entity));
        json.writeNumberField("start_time", entity.getStartTime());
        if (entity.isInProgress()) {
            json.writeBooleanField("in_progress", true);
        } else {
            json.writeNumberField("end_time", entity.getEndTime());
        }
        writeIfTrue("fault", entity.isFault());
        writeIfTrue("error", entity.isError());
        writeIfTrue("throttle", entity.isThrottle());
        if (entity.getNamespace() != null) {
            json.writeStringField("namespace", entity.getNamespace());
        }
        write("http", entity.getHttp());
        write("aws", entity.getAws());
        write("sql", entity.getSql());
        write("annotations", entity.getAnnotations());
        exceptions(entity.getCause());
        json.writeObjectFieldStart("metadata");
        json.writeObjectFieldStart("spanloom");
        json.writeStringField("shed", "metadata, stack frames");
        json.writeEndObject();
        json.writeEndObject();
    }

    private void exceptions(@Nullable Cause cause) throws IOException {
        if (cause == null || cause.getExceptions().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("cause");
        json.writeArrayFieldStart("exceptions");
        for (ThrowableDescription thrown : List.copyOf(cause.getExceptions())) {
            json.writeStartObject();
            json.writeStringField("id", String.valueOf(thrown.getId()));
            String message = String.valueOf(thrown.getMessage());
            json.writeStringField("message", message.length() > MESSAGE ? message.substring(0, MESSAGE) : message);
            json.writeStringField("type", String.valueOf(thrown.getType()));
            json.writeBooleanField("remote", thrown.isRemote());
            int frames = thrown.getStack() == null ? 0 : thrown.getStack().length;
            json.writeNumberField("truncated", thrown.getTruncated() + frames);
            if (thrown.getCause() != null) {
                json.writeStringField("cause", thrown.getCause());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeIfTrue(String key, boolean value) throws IOException {
        if (value) {
            json.writeBooleanField(key, true);
        }
    }

    private void write(String key, Map<String, Object> values) throws IOException {
        if (values != null && !values.isEmpty()) {
            json.writeFieldName(key);
            JsonValues.write(json, values);
        }
    }
}
