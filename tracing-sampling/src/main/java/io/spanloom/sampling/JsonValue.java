package io.spanloom.sampling;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it stood, so that an error can say so: {@code rules[2].rate (line 7, column 15)}.
 *
 * @param value a Map of JsonValue, a List of JsonValue, a String, a Double, a Boolean, or null
 * @param path empty for the document itself
 */
record JsonValue(@Nullable Object value, String path, int line, int column) {

    /** Rules of the largest account are some ten KiB. */
    static final int MAX_BYTES = 1 << 20;

    /** No document of rules is deeper than five. */
    private static final int MAX_DEPTH = 16;

    /** Far above the longest text that any of these documents allows (a resource ARN, 500). */
    private static final int MAX_CHARS = 10_000;

    /** Members and elements of a document. */
    private static final int MAX_VALUES = 50_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_BYTES)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_CHARS)
                    .maxNameLength(MAX_CHARS)
                    .maxNumberLength(100)
                    .build())
            .build();

    /**
     * Reads a whole document.
     *
     * @throws IllegalArgumentException saying where it is no JSON, or too large
     */
    static JsonValue read(byte[] document) {
        if (document.length > MAX_BYTES) {
            throw new IllegalArgumentException("it is larger than " + MAX_BYTES + " bytes");
        }
        try (JsonParser parser = JSON.createParser(document)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("it is empty");
            }
            JsonValue root = new Reading(parser).value("");
            if (parser.nextToken() != null) {
                JsonLocation more = parser.currentTokenLocation();
                throw new IllegalArgumentException("something follows the document (line " + more.getLineNr()
                        + ", column " + more.getColumnNr() + ")");
            }
            return root;
        } catch (JsonProcessingException malformed) {
            JsonLocation at = malformed.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new IllegalArgumentException(
                    "it is no JSON: " + printable(malformed.getOriginalMessage()) + where, malformed);
        } catch (IOException impossible) {
            throw new IllegalArgumentException("it cannot be read: " + impossible, impossible);
        }
    }

    private static String printable(@Nullable String text) {
        String known = String.valueOf(text).replaceAll("\\p{Cntrl}+", " ");
        return known.length() > 200 ? known.substring(0, 200) + "..." : known;
    }

    /** What is wrong here, with the place. */
    IllegalArgumentException wrong(String what) {
        String where = path.isEmpty() ? "the document" : path;
        return new IllegalArgumentException(
                printable(where) + ": " + printable(what) + " (line " + line + ", column " + column + ")");
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isArray() {
        return value instanceof List;
    }

    boolean isNull() {
        return value == null;
    }

    @SuppressWarnings("unchecked") // made by Reading only
    Map<String, JsonValue> members() {
        if (value instanceof Map<?, ?> members) {
            return (Map<String, JsonValue>) members;
        }
        throw wrong("an object is expected");
    }

    @SuppressWarnings("unchecked") // as above
    List<JsonValue> elements() {
        if (value instanceof List<?> elements) {
            return (List<JsonValue>) elements;
        }
        throw wrong("an array is expected");
    }

    /** A member; null where it is absent or JSON's null. */
    @Nullable
    JsonValue member(String name) {
        JsonValue found = members().get(name);
        return found == null || found.isNull() ? null : found;
    }

    JsonValue required(String name) {
        JsonValue found = member(name);
        if (found == null) {
            throw wrong("'" + name + "' is missing");
        }
        return found;
    }

    String text(int minimum, int maximum) {
        if (!(value instanceof String text)) {
            throw wrong("a text is expected");
        }
        if (text.length() < minimum || text.length() > maximum) {
            throw wrong("it has " + text.length() + " characters; allowed: " + minimum + " to " + maximum);
        }
        return text;
    }

    double number(double minimum, double maximum) {
        if (!(value instanceof Double number)) {
            throw wrong("a number is expected");
        }
        if (!(number >= minimum && number <= maximum)) {
            throw wrong("it is " + number + "; allowed: " + plain(minimum) + " to " + plain(maximum));
        }
        return number;
    }

    int integer(int minimum, int maximum) {
        double number = number(minimum, maximum);
        if (number != Math.rint(number)) {
            throw wrong("it is " + number + "; a whole number is expected");
        }
        return (int) number;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }

    /** Descends a document. */
    private static final class Reading {
        private final JsonParser parser;
        private int values;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        JsonValue value(String path) throws IOException {
            JsonLocation at = parser.currentTokenLocation();
            if (++values > MAX_VALUES) {
                throw new IllegalArgumentException("it has more than " + MAX_VALUES + " values");
            }
            Object value = switch (parser.currentToken()) {
                case START_OBJECT -> members(path);
                case START_ARRAY -> elements(path);
                case VALUE_STRING -> parser.getText();
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_TRUE -> Boolean.TRUE;
                case VALUE_FALSE -> Boolean.FALSE;
                default -> null;
            };
            return new JsonValue(value, path, at.getLineNr(), at.getColumnNr());
        }

        private Map<String, JsonValue> members(String path) throws IOException {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(path.isEmpty() ? name : path + '.' + name));
            }
            return members;
        }

        private List<JsonValue> elements(String path) throws IOException {
            List<JsonValue> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(path + '[' + elements.size() + ']'));
            }
            return elements;
        }
    }
}
