package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OTLP in JSON, decoded along the protobuf descriptors: lowerCamelCase names, ids in hex (the one place where OTLP leaves
 * the JSON mapping of protobuf, which is why that library cannot do it), 64-bit numbers also as strings, enums as numbers
 * or names, unknown fields passed over.
 */
final class OtlpJson {
    private OtlpJson() {}

    static ExportTraceServiceRequest decode(byte[] body) throws RejectedException {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        try (JsonParser json = JsonValues.FACTORY.createParser(body)) {
            json.nextToken();
            if (!(JsonValues.read(json) instanceof Map<?, ?> fields) || json.nextToken() != null) {
                throw new RejectedException(Rejection.BAD_OTLP, "not one JSON object");
            }
            fill(request, fields);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw new RejectedException(Rejection.BAD_OTLP, String.valueOf(e.getMessage()));
        }
        return request.build();
    }

    /** Recursive along the JSON, whose depth the reader has limited. */
    private static void fill(Message.Builder message, Map<?, ?> fields) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            Object value = fields.get(field.getJsonName());
            if (value == null) {
                continue;
            }
            if (field.isRepeated()) {
                for (Object item : (List<?>) value) {
                    message.addRepeatedField(field, converted(message, field, item));
                }
            } else {
                message.setField(field, converted(message, field, value));
            }
        }
    }

    private static Object converted(Message.Builder parent, FieldDescriptor field, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("null in " + field.getJsonName());
        }
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                Message.Builder message = parent.newBuilderForField(field);
                fill(message, (Map<?, ?>) value);
                yield message.build();
            }
            case STRING -> (String) value;
            case BOOLEAN -> (Boolean) value;
            case INT -> (int) whole(field, value);
            case LONG -> whole(field, value);
            case DOUBLE -> value instanceof Number number ? number.doubleValue() : Double.parseDouble((String) value);
            case FLOAT -> value instanceof Number number ? number.floatValue() : Float.parseFloat((String) value);
            case BYTE_STRING -> bytes(field, (String) value);
            case ENUM -> enumValue(field, value);
        };
    }

    private static long whole(FieldDescriptor field, Object value) {
        if (value instanceof Long number) {
            return number;
        }
        String text = value.toString();
        // fixed64 is unsigned: times. Everything else has a sign.
        return field.getType() == FieldDescriptor.Type.FIXED64 ? Long.parseUnsignedLong(text) : Long.parseLong(text);
    }

    private static ByteString bytes(FieldDescriptor field, String text) {
        boolean id = field.getName().endsWith("_id");
        return ByteString.copyFrom(
                id ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text));
    }

    private static EnumValueDescriptor enumValue(FieldDescriptor field, Object value) {
        if (value instanceof Long number) {
            return field.getEnumType().findValueByNumberCreatingIfUnknown(number.intValue());
        }
        EnumValueDescriptor named = field.getEnumType().findValueByName(value.toString());
        if (named == null) {
            throw new IllegalArgumentException("unknown " + field.getJsonName() + " " + value);
        }
        return named;
    }
}
