package io.spanloom.desk;

import com.fasterxml.jackson.databind.JsonNode;

/** JSON as the command line prints it: in ASCII, which no terminal's character set can spoil. */
final class JsonText {
    private JsonText() {}

    static String of(JsonNode json) {
        return ascii(json.toString());
    }

    /** In JSON other characters stand inside of strings alone, where an escape means the same. */
    static String ascii(String json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x7f) {
                ascii.append(c);
            } else {
                ascii.append(String.format("\\u%04x", (int) c));
            }
        }
        return ascii.toString();
    }
}
