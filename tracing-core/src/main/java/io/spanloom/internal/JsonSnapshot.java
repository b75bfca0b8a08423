package io.spanloom.internal;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.nio.Buffer;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a value as compact JSON, made at once and bounded in depth, width and size, so that a span holds neither
 * the application's live objects nor more memory than it may.
 *
 * <p>JSON text rather than a tree: both backends write text in the end, it is one object, and it cannot change.
 */
public final class JsonSnapshot {

    static final int DEPTH = 8;
    static final int WIDTH = 256;
    static final int BYTES = 16 * 1024;
    static final int STRING_CHARS = 4 * 1024;

    /** Kept of a map's key. */
    private static final int KEY_CHARS = 500;

    /** Of {@link #BYTES}, what is kept free to end {@value #DEPTH} levels, each with a word on what it leaves out. */
    private static final int CLOSING_BYTES = 512;

    /** Kept of any text, even where nothing is left: with its mark it fits into what is kept free. */
    private static final int LEAST_CHARS = 16;

    /** The largest whole number that a reader with doubles (JavaScript, the collector) takes without loss. */
    private static final long EXACT = 1L << 53;

    private static final String REDACTED = "\"***\"";
    private static final String[] SECRETS = {
        "password",
        "passwd",
        "secret",
        "token",
        "authorization",
        "apikey",
        "api_key",
        "api-key",
        "accesskey",
        "access_key",
        "private_key",
        "privatekey",
        "credential",
        "cookie"
    };

    private static final Class<?>[] UNTOUCHABLE = {
        Iterator.class,
        BaseStream.class,
        Future.class,
        AutoCloseable.class,
        Thread.class,
        ClassLoader.class,
        Supplier.class,
        Callable.class,
        Flow.Publisher.class,
        Buffer.class
    };

    private final StringBuilder json = new StringBuilder(64);
    /** Bytes of UTF-8 beyond one for each character of {@link #json}. */
    private int wider;
    /** The containers around the value being written: finds cycles without hashing the application's objects. */
    private final Object[] path = new Object[DEPTH];

    private JsonSnapshot() {}

    /**
     * The value as JSON; null where X-Ray keeps nothing of it (an empty string, collection, map or array).
     *
     * @param key what the value is recorded under: a secret-looking one gives {@code "***"}
     */
    public static @Nullable String of(String key, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (isSecret(key)) {
            return REDACTED;
        }
        if (value instanceof SnapshotJson copied) {
            return copied.json();
        }
        JsonSnapshot snapshot = new JsonSnapshot();
        snapshot.write(value, 0);
        String json = snapshot.json.toString();
        return json.equals("\"\"") || json.equals("[]") || json.equals("{}") ? null : json;
    }

    /** Whether a key looks as if its value were nobody else's business. */
    public static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        for (String secret : SECRETS) {
            if (lower.contains(secret)) {
                return true;
            }
        }
        return false;
    }

    private void write(@Nullable Object value, int depth) {
        if (value == null) {
            json.append("null");
        } else if (value instanceof CharSequence characters) {
            text(characters);
        } else if (value instanceof Character || value instanceof Enum) {
            text(value instanceof Enum<?> constant ? constant.name() : value.toString());
        } else if (value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof Number number) {
            number(number);
        } else if (isPlain(value)) {
            text(value.toString());
        } else if (isUntouchable(value)) {
            text("(" + value.getClass().getSimpleName() + ")");
        } else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), depth);
        } else if (depth == DEPTH) {
            text("(deeper than " + DEPTH + " levels)");
        } else if (isOnPath(value, depth)) {
            text("(cycle)");
        } else {
            path[depth] = value;
            container(value, depth + 1);
            path[depth] = null;
        }
    }

    private void container(Object value, int depth) {
        int start = json.length();
        int widerBefore = wider;
        try {
            if (value instanceof Map<?, ?> map) {
                map(map, depth);
            } else if (value instanceof Collection<?> collection) {
                elements(collection.iterator(), collection.size(), depth);
            } else if (value.getClass().isArray()) {
                array(value, depth);
            } else {
                bean(value, depth);
            }
        } catch (RuntimeException | StackOverflowError broken) {
            json.setLength(start);
            wider = widerBefore;
            text("(unreadable " + value.getClass().getName() + ": "
                    + broken.getClass().getName() + ")");
        }
    }

    private void map(Map<?, ?> map, int depth) {
        json.append('{');
        int written = 0;
        Set<String> names = new HashSet<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (isFull(written)) {
                member(written, distinct("...", names));
                text((map.size() - written) + " more");
                break;
            }
            String key = String.valueOf(entry.getKey());
            member(written++, distinct(Names.cut(key, KEY_CHARS), names));
            valueOf(key, entry.getValue(), depth);
        }
        json.append('}');
    }

    /** Keys may differ and yet have the same text; of two members of one name, most readers of JSON drop one. */
    private static String distinct(String name, Set<String> names) {
        String distinct = name;
        for (int i = 2; !names.add(distinct); i++) {
            distinct = name + " (" + i + ")";
        }
        return distinct;
    }

    private void elements(Iterator<?> iterator, int size, int depth) {
        json.append('[');
        int written = 0;
        while (iterator.hasNext()) {
            if (written > 0) {
                json.append(',');
            }
            if (isFull(written)) {
                text((size - written) + " more");
                break;
            }
            write(iterator.next(), depth);
            written++;
        }
        json.append(']');
    }

    private void array(Object array, int depth) {
        int length = Array.getLength(array);
        if (array instanceof byte[]) {
            text("(" + length + " bytes)");
            return;
        }
        json.append('[');
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                json.append(',');
            }
            if (isFull(i)) {
                text((length - i) + " more");
                break;
            }
            write(Array.get(array, i), depth);
        }
        json.append(']');
    }

    private void bean(Object bean, int depth) {
        BeanReader reader = BeanReader.of(bean.getClass());
        if (reader.isEmpty()) {
            text(bean.toString());
            return;
        }
        json.append('{');
        for (int i = 0; i < reader.size(); i++) {
            if (isFull(i)) {
                member(i, "...");
                text((reader.size() - i) + " more");
                break;
            }
            member(i, reader.name(i));
            if (isUntouchable(reader.type(i))) {
                text("(" + reader.type(i).getSimpleName() + ")"); // a connection, a stream: the getter would open it
                continue;
            }
            Object value;
            try {
                value = reader.read(i, bean);
            } catch (Throwable thrown) {
                Fatal.rethrow(thrown);
                text("(getter threw " + thrown.getClass().getName() + ")");
                continue;
            }
            valueOf(reader.name(i), value, depth);
        }
        json.append('}');
    }

    private void valueOf(String key, @Nullable Object value, int depth) {
        if (value != null && isSecret(key)) {
            json.append(REDACTED);
        } else {
            write(value, depth);
        }
    }

    private void member(int index, String name) {
        if (index > 0) {
            json.append(',');
        }
        text(name);
        json.append(':');
    }

    private boolean isFull(int written) {
        return written >= WIDTH || left() <= 0;
    }

    /** Bytes that may still be written before the levels are ended. */
    private int left() {
        return BYTES - CLOSING_BYTES - json.length() - wider;
    }

    private boolean isOnPath(Object value, int depth) {
        for (int i = 0; i < depth; i++) {
            if (path[i] == value) {
                return true;
            }
        }
        return false;
    }

    /** Values whose text says all. */
    private static boolean isPlain(Object value) {
        return value instanceof TemporalAccessor
                || value instanceof java.time.temporal.TemporalAmount
                || value instanceof UUID
                || value instanceof Date
                || value instanceof java.net.URI
                || value instanceof java.net.URL
                || value instanceof java.nio.file.Path
                || value instanceof Class
                || value instanceof Locale
                || value instanceof Throwable;
    }

    /** Values that reading would use up, start or load. */
    private static boolean isUntouchable(Object value) {
        return isUntouchable(value.getClass()) || PersistenceProxies.isUninitialised(value);
    }

    private static boolean isUntouchable(Class<?> type) {
        for (Class<?> untouchable : UNTOUCHABLE) {
            if (untouchable.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }

    private void number(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            json.append(number.intValue());
        } else if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isFinite(value)) {
                json.append(number);
            } else {
                text(number.toString());
            }
        } else if (number instanceof Long
                || number instanceof java.util.concurrent.atomic.AtomicInteger
                || number instanceof java.util.concurrent.atomic.AtomicLong) {
            long value = number.longValue();
            if (value > EXACT || value < -EXACT) {
                text(Long.toString(value));
            } else {
                json.append(value);
            }
        } else if (number instanceof BigDecimal decimal
                && decimal.precision() <= 15
                && Math.abs(decimal.scale()) < 290) {
            json.append(decimal); // as exact in a double as money ever is, and no larger than one
        } else {
            text(String.valueOf(number));
        }
    }

    private void text(CharSequence text) {
        int start = json.length();
        int kept = keptOf(text);
        if (kept < text.length()) {
            quote(json, text.subSequence(0, kept) + "... (" + (text.length() - kept) + " more characters)");
        } else {
            quote(json, text);
        }
        for (int i = start; i < json.length(); i++) {
            wider += utf8Bytes(json.charAt(i)) - 1;
        }
    }

    /** How many characters of a text fit: whole pairs of surrogates, and counted as they will be written. */
    private int keptOf(CharSequence text) {
        int most = Math.min(text.length(), STRING_CHARS);
        int room = left();
        int kept = 0;
        for (; kept < most && (room > 0 || kept < LEAST_CHARS); kept++) {
            room -= jsonBytes(text, kept);
        }
        boolean split = kept > 0 && kept < text.length() && Character.isHighSurrogate(text.charAt(kept - 1));
        return split ? kept - 1 : kept;
    }

    /** What the character at an index takes, as {@link #quote} writes it, in UTF-8. */
    public static int jsonBytes(CharSequence text, int i) {
        char c = text.charAt(i);
        if (c < 0x20) {
            return 6;
        }
        if (Character.isSurrogate(c) && !isPaired(text, i)) {
            return 1;
        }
        return c == '"' || c == '\\' ? 2 : utf8Bytes(c);
    }

    /** Of a character in UTF-8; a surrogate counts as half of its pair. */
    public static int utf8Bytes(char c) {
        return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    /** Appends a text as a JSON string; a half of a surrogate pair, which readers of JSON refuse, as {@code ?}. */
    public static void quote(StringBuilder json, CharSequence text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (Character.isSurrogate(c) && !isPaired(text, i)) {
                        json.append('?');
                    } else if (c < 0x20) {
                        json.append("\\u");
                        json.append(Character.forDigit(c >> 12, 16)).append(Character.forDigit(c >> 8 & 15, 16));
                        json.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static boolean isPaired(CharSequence text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** Appends epoch nanoseconds as seconds with six decimals, X-Ray's form of a time. */
    public static void epochSeconds(StringBuilder json, long epochNanos) {
        long micros = epochNanos / 1_000;
        json.append(micros / 1_000_000).append('.');
        String fraction = Long.toString(1_000_000 + micros % 1_000_000);
        json.append(fraction, 1, 7);
    }
}
