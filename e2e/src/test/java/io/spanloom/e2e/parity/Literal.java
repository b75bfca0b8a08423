package io.spanloom.e2e.parity;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;

/** Values as a reader of a failed program needs them: nothing invisible, nothing endless. */
final class Literal {

    private static final int LONGEST = 120;

    private Literal() {}

    static String of(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence text) {
            return quoted(text.toString());
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((key, element) -> text.append(text.length() > 1 ? ", " : "")
                    .append(of(key))
                    .append(": ")
                    .append(of(element)));
            return cut(text.append('}').toString());
        }
        if (value instanceof Collection<?> list) {
            StringBuilder text = new StringBuilder("[");
            list.forEach(element -> text.append(text.length() > 1 ? ", " : "").append(of(element)));
            return cut(text.append(']').toString());
        }
        if (value.getClass().isArray()) {
            return value.getClass().getSimpleName() + " of " + Array.getLength(value);
        }
        return value.getClass().getSimpleName() + " " + quoted(String.valueOf(value));
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < Math.min(value.length(), LONGEST); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"')
                .append(value.length() > LONGEST ? "(" + value.length() + " characters)" : "")
                .toString();
    }

    private static String cut(String text) {
        return text.length() <= 4 * LONGEST ? text : text.substring(0, 4 * LONGEST) + "...";
    }
}
