package io.spanloom.desk.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a request. What is not a number counts as not given; the page itself never sends such. */
final class PageQuery {
    private final Map<String, String> values = new HashMap<>();

    private PageQuery() {}

    static PageQuery of(@Nullable String raw) {
        PageQuery query = new PageQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    double number(String name, double otherwise) {
        try {
            double number = Double.parseDouble(text(name));
            return Double.isNaN(number) ? otherwise : number;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    int whole(String name, int otherwise, int maximum) {
        return (int) Math.max(0, Math.min(maximum, number(name, otherwise)));
    }
}
