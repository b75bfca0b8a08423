package io.spanloom.xray;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain values as JSON: what annotations and the SDK's http, aws, sql and service blocks hold. */
final class JsonValues {

    private static final int DEEPEST = 20;

    private JsonValues() {}

    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        write(json, value, 0);
    }

    private static void write(JsonGenerator json, @Nullable Object value, int depth) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Map<?, ?> map && depth < DEEPEST) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue(), depth + 1);
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> list && depth < DEEPEST) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element, depth + 1);
            }
            json.writeEndArray();
        } else {
            json.writeString(value.toString());
        }
    }

    /** A text as a JSON string. */
    static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
