package io.spanloom.desk;

import io.spanloom.desk.api.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind the question mark, checked as it is read. */
final class Query {
    private final Map<String, String> values = new HashMap<>();

    private Query() {}

    static Query parse(@Nullable String raw) throws ApiException {
        Query query = new Query();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            query.values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) throws ApiException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("the query is not URL-encoded: " + Text.abbreviated(text, 60));
        }
    }

    /** Null if it is not given, or empty. */
    @Nullable
    String text(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    long whole(String name, long otherwise, long minimum, long maximum) throws ApiException {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        boolean digits = value.matches("[0-9]{1,18}");
        long number = digits ? Long.parseLong(value) : -1;
        if (!digits || number < minimum || number > maximum) {
            throw ApiException.invalid(name + " is not a whole number from " + minimum + " to " + maximum);
        }
        return number;
    }
}
