package io.spanloom.e2e.parity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The exporter's {@code annotations} and {@code metadata}: what is left of a span's attributes. */
final class ExporterValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String METADATA = "aws.xray.metadata.";

    private ExporterValues() {}

    static void write(ObjectNode document, Map<String, AnyValue> left) {
        Set<String> indexed = new LinkedHashSet<>();
        AnyValue names = left.remove("aws.xray.annotations");
        if (names != null) {
            names.getArrayValue().getValuesList().forEach(name -> indexed.add(name.getStringValue()));
        }
        ObjectNode annotations = JSON.objectNode();
        ObjectNode metadata = JSON.objectNode();
        ObjectNode others = JSON.objectNode();
        left.forEach((key, value) -> {
            if (indexed.contains(key)) {
                annotations.set(key.replaceAll("[^A-Za-z0-9.]", "_"), scalar(value));
            } else if (key.startsWith(METADATA) && value.hasStringValue()) {
                metadata(metadata, others, key, value.getStringValue());
            } else {
                others.set(key, value.hasArrayValue() ? array(value) : scalar(value));
            }
        });
        if (!others.isEmpty()) {
            metadata.set("default", others);
        }
        if (!annotations.isEmpty()) {
            document.set("annotations", annotations);
        }
        if (!metadata.isEmpty()) {
            document.set("metadata", metadata);
        }
    }

    private static JsonNode array(AnyValue value) {
        var array = JSON.arrayNode();
        value.getArrayValue().getValuesList().forEach(element -> array.add(scalar(element)));
        return array;
    }

    private static JsonNode scalar(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> JSON.textNode(value.getStringValue());
            case INT_VALUE -> JSON.numberNode(value.getIntValue());
            case DOUBLE_VALUE -> {
                if (!Double.isFinite(value.getDoubleValue())) {
                    throw new IllegalStateException("the exporter would lose the whole document");
                }
                yield JSON.numberNode(value.getDoubleValue());
            }
            case BOOL_VALUE -> JSON.booleanNode(value.getBoolValue());
            default -> throw new IllegalStateException("no value of this kind is ours: " + value.getValueCase());
        };
    }

    private static void metadata(ObjectNode metadata, ObjectNode others, String key, String text) {
        String namespace = key.substring(METADATA.length());
        try {
            JsonNode values = asGoReads(MAPPER.readTree(text));
            if (!values.isObject()) {
                throw new NumberFormatException("no object");
            } else if (namespace.equalsIgnoreCase("default")) {
                others.setAll((ObjectNode) values);
            } else {
                metadata.set(namespace, values);
            }
        } catch (JsonProcessingException | NumberFormatException unreadable) {
            others.put(key, text);
        }
    }

    /** Numbers as doubles, halves of surrogate pairs replaced; throws where a number is no double. */
    private static JsonNode asGoReads(JsonNode node) {
        if (node.isNumber()) {
            double value = node.decimalValue().doubleValue();
            if (!Double.isFinite(value)) {
                throw new NumberFormatException("out of range");
            }
            return JSON.numberNode(value);
        }
        if (node.isTextual()) {
            return JSON.textNode(paired(node.textValue()));
        }
        if (node.isArray()) {
            var array = JSON.arrayNode();
            node.forEach(element -> array.add(asGoReads(element)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = JSON.objectNode();
            node.properties().forEach(entry -> object.set(paired(entry.getKey()), asGoReads(entry.getValue())));
            return object;
        }
        return node;
    }

    private static String paired(String text) {
        StringBuilder result = new StringBuilder(text);
        for (int i = 0; i < result.length(); i++) {
            char c = result.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < result.length()
                    && Character.isLowSurrogate(result.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                result.setCharAt(i, '\ufffd');
            }
        }
        return result.toString();
    }
}
