package io.spanloom.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event's attributes, which core hands over as one JSON object, back into OpenTelemetry's: text, numbers and
 * truth values by their type, anything deeper as its JSON text.
 */
final class EventAttributes {

    private final String json;
    private int at;

    private EventAttributes(String json) {
        this.json = json;
    }

    /** Empty for null, and for anything but an object. */
    static Attributes of(@Nullable String json) {
        if (json == null || !json.startsWith("{")) {
            return Attributes.empty();
        }
        return new EventAttributes(json).object();
    }

    private Attributes object() {
        AttributesBuilder attributes = Attributes.builder();
        at = 1;
        while (at < json.length() && json.charAt(at) != '}') {
            String key = text();
            at++; // the colon
            value(attributes, key);
            if (at < json.length() && json.charAt(at) == ',') {
                at++;
            }
        }
        return attributes.build();
    }

    private void value(AttributesBuilder attributes, String key) {
        int begin = at;
        if (json.charAt(at) == '"') {
            String text = text();
            // The exporter would take the event for a message's size.
            attributes.put(key.equals("message.type") ? "message_type" : key, text);
            return;
        }
        skip();
        String raw = json.substring(begin, at);
        char first = raw.charAt(0);
        if (raw.equals("true") || raw.equals("false")) {
            attributes.put(key, raw.equals("true"));
        } else if (first == '-' || first >= '0' && first <= '9') {
            number(attributes, key, raw);
        } else if (!raw.equals("null")) {
            attributes.put(key, raw);
        }
    }

    private static void number(AttributesBuilder attributes, String key, String raw) {
        try {
            attributes.put(key, Long.parseLong(raw));
        } catch (NumberFormatException fraction) {
            attributes.put(key, Double.parseDouble(raw));
        }
    }

    /** Goes to the end of a value that is not text. */
    private void skip() {
        int depth = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '"') {
                text();
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}')) {
                return;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            at++;
        }
    }

    /** The text that begins here; goes to its end. */
    private String text() {
        StringBuilder text = new StringBuilder();
        at++;
        while (json.charAt(at) != '"') {
            char c = json.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        at++;
        return text.toString();
    }

    private char escaped() {
        char c = json.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(json, at - 4, at, 16);
            }
            default -> c;
        };
    }
}
