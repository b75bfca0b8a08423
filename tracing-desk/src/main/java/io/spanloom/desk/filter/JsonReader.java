package io.spanloom.desk.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code rootcause.json = #[...]}, from the same tokens as everything else and within the same depth. */
final class JsonReader {
    private final Reader reader;

    JsonReader(Reader reader) {
        this.reader = reader;
    }

    List<@Nullable Object> array() throws FilterException {
        reader.expect("[");
        reader.enter();
        List<@Nullable Object> items = new ArrayList<>();
        if (!reader.current().is("]")) {
            do {
                items.add(value());
            } while (reader.skip(","));
        }
        if (!reader.skip("]")) {
            throw reader.expected("\",\" or \"]\"");
        }
        reader.leave();
        return Collections.unmodifiableList(items);
    }

    private Map<String, @Nullable Object> object() throws FilterException {
        reader.expect("{");
        reader.enter();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (!reader.current().is("}")) {
            do {
                Token name = reader.current();
                String key = reader.string("a field's name");
                if (fields.containsKey(key)) {
                    throw reader.error("field \"" + key + "\" is given twice", name);
                }
                reader.expect(":");
                fields.put(key, value());
            } while (reader.skip(","));
        }
        if (!reader.skip("}")) {
            throw reader.expected("\",\" or \"}\"");
        }
        reader.leave();
        return Collections.unmodifiableMap(fields);
    }

    private @Nullable Object value() throws FilterException {
        Token token = reader.current();
        if (token.is("[")) {
            return array();
        }
        if (token.is("{")) {
            return object();
        }
        return switch (token.kind()) {
            case STRING -> reader.take().text();
            case NUMBER -> reader.take().number();
            case WORD -> literal(token);
            default -> throw reader.expected("a value of JSON");
        };
    }

    /** JSON's words have one spelling, unlike the keywords around. */
    private @Nullable Object literal(Token token) throws FilterException {
        Object value = switch (token.text()) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> throw reader.expected("a value of JSON");
        };
        reader.take();
        return value;
    }
}
