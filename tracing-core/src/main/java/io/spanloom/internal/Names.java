package io.spanloom.internal;

import java.nio.charset.StandardCharsets;

/**
 * Names and keys in the one form that X-Ray, the collector's X-Ray exporter and OpenTelemetry all take.
 *
 * <p>Each method returns the very string it was given where nothing has to change, which is the common case.
 */
public final class Names {

    /** What the collector's exporter keeps of a name, in bytes of UTF-8; X-Ray itself allows 200 characters. */
    static final int NAME_BYTES = 200;

    /** Longest annotation key that the service takes. */
    static final int KEY_CHARS = 500;

    private static final String NAME_SYMBOLS = "_.:/%&#=+-@ ";

    private Names() {}

    /** A span's name: characters that the exporter would drop are dropped here, so that no backend differs. */
    public static String spanName(String name) {
        int length = name.length();
        boolean clean = length <= NAME_BYTES && !name.isBlank();
        for (int i = 0; clean && i < length; i++) {
            char c = name.charAt(i);
            clean = c < 128 && isNameChar(c);
        }
        return clean ? name : sanitized(name);
    }

    private static String sanitized(String name) {
        StringBuilder kept = new StringBuilder(Math.min(name.length(), NAME_BYTES));
        int bytes = 0;
        for (int i = 0; i < name.length(); ) {
            int point = name.codePointAt(i);
            i += Character.charCount(point);
            if (!isNameChar(point)) {
                continue;
            }
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > NAME_BYTES) {
                break;
            }
            kept.appendCodePoint(point);
        }
        String result = kept.toString();
        return result.isBlank() ? "span" : result;
    }

    private static boolean isNameChar(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || NAME_SYMBOLS.indexOf(c) >= 0
                || c >= 128 && Character.isLetter(c);
    }

    /** An annotation's key: {@code [A-Za-z0-9_]}, anything else replaced by {@code _}, 1 to 500 characters. */
    public static String annotationKey(String key) {
        int length = key.length();
        if (length > KEY_CHARS) {
            return annotationKey(key.substring(0, KEY_CHARS));
        }
        if (length == 0) {
            return "_";
        }
        for (int i = 0; i < length; i++) {
            if (!isKeyChar(key.charAt(i))) {
                return replaced(key, i);
            }
        }
        return key;
    }

    private static String replaced(String key, int from) {
        char[] chars = key.toCharArray();
        for (int i = from; i < chars.length; i++) {
            if (!isKeyChar(chars[i])) {
                chars[i] = '_';
            }
        }
        return new String(chars);
    }

    private static boolean isKeyChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /** A metadata namespace: never one of those starting {@code AWS.}, which X-Ray keeps for itself. */
    public static String metadataNamespace(String namespace) {
        if (namespace.isEmpty() || namespace.equalsIgnoreCase("default")) {
            return "default";
        }
        return metadataKey(namespace);
    }

    /** A metadata key, 1 to 500 characters: never one of those starting {@code AWS.}, which X-Ray keeps for itself. */
    public static String metadataKey(String key) {
        if (key.isEmpty()) {
            return "_";
        }
        return cut(key.startsWith("AWS.") ? "AWS_" + key.substring(4) : key, KEY_CHARS);
    }

    /** At most so many UTF-16 characters of a text, never half of a surrogate pair. */
    public static String cut(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars;
        return text.substring(0, end);
    }
}
