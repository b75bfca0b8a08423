package io.spanloom.spi;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Trace and span ids: the same bits in W3C's form ({@code 32hex}) and in X-Ray's ({@code 1-8hex-24hex}).
 *
 * <p>New trace ids begin with the epoch second, because X-Ray refuses those whose first 32 bits are not a recent time;
 * W3C asks for nothing but bits, so such ids serve everywhere. Bits come from {@link ThreadLocalRandom}: ids need to be
 * unlikely to collide, not hard to guess, and a shared {@code SecureRandom} costs 150 ns and a lock.
 */
public final class Ids {

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private Ids() {}

    /** The high half of a new trace id: the epoch second, then 32 random bits. */
    public static long newTraceIdHigh(long epochNanos) {
        long seconds = epochNanos / 1_000_000_000L;
        return seconds << 32 | ThreadLocalRandom.current().nextInt() & 0xffffffffL;
    }

    /** The low half of a new trace id: 64 random bits, not all zero. */
    public static long newTraceIdLow() {
        return newSpanId();
    }

    /** A new span id: 64 random bits, not all zero (W3C and X-Ray both call zero invalid). */
    public static long newSpanId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long id;
        do {
            id = random.nextLong();
        } while (id == 0);
        return id;
    }

    /** 16 lower-case hex digits. */
    @SuppressWarnings("deprecation") // the Latin-1 constructor is the one that copies without a charset's detour
    public static String spanId(long id) {
        byte[] hex = new byte[16];
        write(id, hex, 0);
        return new String(hex, 0);
    }

    /** 32 lower-case hex digits. */
    @SuppressWarnings("deprecation") // as above
    public static String traceId(long high, long low) {
        byte[] hex = new byte[32];
        write(high, hex, 0);
        write(low, hex, 16);
        return new String(hex, 0);
    }

    /** X-Ray's form {@code 1-8hex-24hex} of a W3C id of 32 hex digits; an id of another length is returned as it is. */
    public static String toXRay(String traceId) {
        return traceId.length() != 32 ? traceId : "1-" + traceId.substring(0, 8) + "-" + traceId.substring(8);
    }

    /** The W3C form of {@code 1-8hex-24hex} in either case of letters; null where the text is not of that form. */
    public static @Nullable String fromXRay(String root) {
        if (root.length() != 35 || root.charAt(0) != '1' || root.charAt(1) != '-' || root.charAt(10) != '-') {
            return null;
        }
        return validTraceId(root.substring(2, 10) + root.substring(11));
    }

    /** The id in lower case where it is 32 hex digits, not all zero; else null. */
    public static @Nullable String validTraceId(String id) {
        return valid(id, 32);
    }

    /** The id in lower case where it is 16 hex digits, not all zero; else null. */
    public static @Nullable String validSpanId(String id) {
        return valid(id, 16);
    }

    private static @Nullable String valid(String id, int length) {
        if (id.length() != length) {
            return null;
        }
        boolean zero = true;
        boolean lower = true;
        for (int i = 0; i < length; i++) {
            char c = id.charAt(i);
            boolean upperHex = c >= 'A' && c <= 'F';
            if (!upperHex && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return null;
            }
            zero &= c == '0';
            lower &= !upperHex;
        }
        if (zero) {
            return null;
        }
        return lower ? id : id.toLowerCase(java.util.Locale.ROOT);
    }

    /** The bits of 16 hex digits from an offset of an id that was found valid. */
    public static long bits(String id, int offset) {
        long bits = 0;
        for (int i = offset; i < offset + 16; i++) {
            char digit = id.charAt(i);
            bits = bits << 4 | (digit & 15) + 9 * (digit >> 6); // letters of either case are from 0x40 on
        }
        return bits;
    }

    private static void write(long bits, byte[] target, int offset) {
        for (int i = offset + 15; i >= offset; i--) {
            target[i] = DIGITS[(int) bits & 15];
            bits >>>= 4;
        }
    }
}
