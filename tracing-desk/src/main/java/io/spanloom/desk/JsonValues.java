package io.spanloom.desk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON of strangers into plain values, within limits. */
final class JsonValues {
    /**
     * Levels within one value (metadata, annotations, http, ...). Values are read by recursion, so this is also what keeps
     * the stack safe; no schema of X-Ray or OTLP comes near it, and Spanloom's own snapshots are far flatter.
     */
    static final int MAX_DEPTH = 100;

    /**
     * Two levels (array, object) for each nested subsegment, one value inside the innermost, and the document itself. The
     * readers check their own limits first; this fence only keeps Jackson's in step with them.
     */
    private static final int PARSER_DEPTH = 2 * SegmentReader.MAX_SUBSEGMENT_DEPTH + MAX_DEPTH + 10;

    /** Names come from strangers: nothing of them goes into the interned strings of the JVM. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(PARSER_DEPTH)
                    .maxStringLength(RequestBody.MAX_BYTES)
                    .build())
            .build();

    private JsonValues() {}

    /** Reads the value whose first token is current, and leaves the parser on its last. */
    static @Nullable Object read(JsonParser json) throws IOException {
        return read(json, MAX_DEPTH);
    }

    private static @Nullable Object read(JsonParser json, int depth) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new StreamConstraintsException("no value");
        }
        return switch (token) {
            case START_OBJECT -> readObject(json, depth - 1);
            case START_ARRAY -> readArray(json, depth - 1);
            case VALUE_STRING -> json.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> readWhole(json);
            case VALUE_NUMBER_FLOAT -> readFraction(json);
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> readObject(JsonParser json, int depth) throws IOException {
        checkDepth(depth);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, read(json, depth));
        }
        return fields;
    }

    private static List<@Nullable Object> readArray(JsonParser json, int depth) throws IOException {
        checkDepth(depth);
        List<@Nullable Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(json, depth));
        }
        return items;
    }

    private static void checkDepth(int depth) throws StreamConstraintsException {
        if (depth < 0) {
            throw new StreamConstraintsException("a value is nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    private static Number readWhole(JsonParser json) throws IOException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? json.getBigIntegerValue()
                : json.getLongValue();
    }

    /** A double, as both SDK and exporter hold it; exact only where a double would lose the value altogether. */
    private static Number readFraction(JsonParser json) throws IOException {
        double value = json.getDoubleValue();
        if (!Double.isInfinite(value)) {
            return value;
        }
        try {
            return json.getDecimalValue();
        } catch (NumberFormatException tooLarge) { // an exponent of more digits than an int's
            throw new StreamConstraintsException("a number's exponent is too large");
        }
    }

    /** The value as an object, or an empty one if it is something else. */
    @SuppressWarnings("unchecked") // read() makes no other maps
    static Map<String, @Nullable Object> asObject(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    /** The value if it is a string, else an empty one. */
    static String asText(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
