package io.spanloom.spi;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the thread of a span records on it, and no other: key, value, key, value in an array, without a lock, which would be
 * most of what an annotation costs.
 *
 * <pre>{@code
 * private Object[] own = Pairs.NONE;
 *
 * Object[] kept = Pairs.put(own, key, value);        // on the thread that started the span
 * if (kept != null) {
 *     own = kept;                                    // else there is no room: to be kept elsewhere
 * }
 * Object[] read = Pairs.copy(own);                   // on any thread
 * }</pre>
 *
 * <p>Others may read at any time, and see a pair whole or not at all. An array, because most spans carry one to four values:
 * a map costs 56 bytes, its table 80 and each entry 40. Keys and values must be immutable.
 */
public final class Pairs {

    /** To begin with; takes nothing itself. */
    public static final Object[] NONE = {};

    /** More are rare, and would be searched one by one. */
    private static final int LIMIT = 2 * 32;

    private static final int FIRST = 2 * 2;

    private Pairs() {}

    /**
     * Puts a pair in, in place of an earlier one of the same key.
     *
     * @return the array that holds it, the same or a longer one; null where there is no room for one more
     */
    public static Object @Nullable [] put(Object[] pairs, String key, Object value) {
        int next = 0;
        while (next < pairs.length && pairs[next] != null) {
            if (key.equals(pairs[next])) {
                pairs[next + 1] = value;
                return pairs;
            }
            next += 2;
        }
        return next >= LIMIT ? null : append(pairs, next, key, value);
    }

    private static Object[] append(Object[] pairs, int next, String key, Object value) {
        Object[] kept =
                next < pairs.length ? pairs : next == 0 ? new Object[FIRST] : Arrays.copyOf(pairs, 2 * pairs.length);
        kept[next + 1] = value;
        VarHandle.releaseFence(); // who sees the key, or the new array, sees what belongs to it
        kept[next] = key;
        VarHandle.releaseFence();
        return kept;
    }

    /** The pairs so far, without what is free in the array. */
    public static Object[] copy(Object[] pairs) {
        Object[] copy = pairs.clone();
        VarHandle.acquireFence();
        int length = 0;
        while (length < copy.length && copy[length] != null) {
            copy[length + 1] = pairs[length + 1]; // the clone may have read it before the key
            length += 2;
        }
        return length == copy.length ? copy : Arrays.copyOf(copy, length);
    }
}
