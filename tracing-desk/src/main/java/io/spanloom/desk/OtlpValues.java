package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OTLP attribute values as the plain values that JSON gives. Recursive; protobuf itself stops at 100 levels. */
final class OtlpValues {
    private OtlpValues() {}

    /** The attributes by key; of a key that comes twice the last, though OTLP forbids it. Values may be null. */
    static Map<String, @Nullable Object> attributes(List<KeyValue> attributes) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (KeyValue attribute : attributes) {
            values.put(attribute.getKey(), value(attribute.getValue()));
        }
        return values;
    }

    private static @Nullable Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> number(value.getDoubleValue());
            case BYTES_VALUE ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case ARRAY_VALUE -> values(value.getArrayValue().getValuesList());
            case KVLIST_VALUE -> attributes(value.getKvlistValue().getValuesList());
            default -> null;
        };
    }

    private static List<@Nullable Object> values(List<AnyValue> items) {
        List<@Nullable Object> values = new ArrayList<>(items.size());
        for (AnyValue item : items) {
            values.add(value(item));
        }
        return values;
    }

    /** JSON has no NaN and no infinity; the X-Ray SDK writes them as strings, so they are that here too. */
    private static Object number(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? Double.toString(value) : (Object) value;
    }

    /** The JSON object in this text, or null if it is anything else. */
    static @Nullable Map<String, @Nullable Object> jsonObject(String text) {
        try (JsonParser json = JsonValues.FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, @Nullable Object> object = JsonValues.asObject(JsonValues.read(json));
            return json.nextToken() == null ? object : null;
        } catch (IOException e) {
            return null;
        }
    }
}
