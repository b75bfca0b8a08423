package io.spanloom.spi;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as X-Ray's names and sampling rules have it: {@code *} stands for any characters, {@code ?} for exactly one;
 * case does not count, and the whole text has to match.
 *
 * <pre>{@code Glob.of("*.gitpod.io").matches("4567-cruddur.ws.gitpod.io")}</pre>
 *
 * <p>Strictly linear, whatever the pattern and the text are: each character of the text is looked at once at the most,
 * and costs one step for each {@value #WORD} characters of the pattern. Nothing goes back. Immutable.
 *
 * <p>How: bit {@code i} of a state says that the text so far matches the pattern's first {@code i} characters, stars not
 * counted. A character moves every bit one further where the pattern allows it, all of them in one operation.
 */
public final class Glob {

    /** Matches every text, also none. */
    public static final Glob ANY = new Glob("*");

    /** Bits of a state that are handled in one step. */
    private static final int WORD = 64;

    private static final int ASCII = 128;

    private final String pattern;

    /** The pattern's characters without its stars, so many as bits are in a state beside the first. */
    private final int length;

    private final int words;

    /** For each character of ASCII, the number of its row in {@link #rows}; of those that the pattern has not, 0. */
    private final byte[] rowOfAscii = new byte[ASCII];

    /** The same for other characters, folded; those that are not in it have row 0. */
    private final Map<Character, Integer> rowOfOther = new HashMap<>();

    /** Bit {@code i} of a row: its character may stand where the pattern's {@code i}th is. */
    private final long[][] rows;

    /** Bit {@code i}: a star stands behind the pattern's first {@code i} characters. */
    private final long[] stars;

    private Glob(String pattern) {
        this.pattern = pattern;
        int plain = (int) pattern.chars().filter(c -> c != '*').count();
        this.length = plain;
        this.words = plain / WORD + 1;
        this.stars = new long[words];
        long[] every = new long[words];
        long[][] found = new long[1][];
        int at = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                set(stars, at);
            } else if (c == '?') {
                set(every, at++);
            } else {
                int row = row(fold(c));
                if (row == 0) {
                    row = found.length;
                    found = Arrays.copyOf(found, row + 1);
                    found[row] = new long[words];
                    remember(fold(c), row);
                }
                set(found[row], at++);
            }
        }
        found[0] = every;
        for (int row = 1; row < found.length; row++) {
            for (int word = 0; word < words; word++) {
                found[row][word] |= every[word];
            }
        }
        this.rows = found;
    }

    /** A pattern of any length; null is none. */
    public static Glob of(String pattern) {
        return pattern.equals("*") ? ANY : new Glob(pattern);
    }

    private static void set(long[] bits, int index) {
        bits[index / WORD] |= 1L << (index % WORD);
    }

    private void remember(char folded, int row) {
        if (folded < ASCII && row <= Byte.MAX_VALUE) {
            rowOfAscii[folded] = (byte) row;
        } else {
            rowOfOther.put(folded, row);
        }
    }

    private int row(char folded) {
        int row = folded < ASCII ? rowOfAscii[folded] : 0;
        return row != 0 || rowOfOther.isEmpty() ? row : rowOfOther.getOrDefault(folded, 0);
    }

    private static char fold(char c) {
        if (c < ASCII) {
            return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    /** Whether it is {@code *}: matches everything, and asks nothing. */
    public boolean isAny() {
        return this == ANY;
    }

    /** Whether the whole text matches. Text that is absent counts as empty, as for the X-Ray SDK. */
    public boolean matches(@Nullable CharSequence absentOrText) {
        if (isAny()) {
            return true;
        }
        CharSequence text = absentOrText == null ? "" : absentOrText;
        return words == 1 ? matchesInOneWord(text) : matchesInWords(text);
    }

    private boolean matchesInOneWord(CharSequence text) {
        long star = stars[0];
        long whole = 1L << length;
        long state = 1;
        for (int i = 0; i < text.length(); i++) {
            long moved = ((state & rows[row(fold(text.charAt(i)))][0]) << 1) | (state & star);
            if (moved == 0) {
                return false;
            }
            if ((moved & star & whole) != 0) {
                return true; // a star at the end takes the rest
            }
            state = moved;
        }
        return (state & whole) != 0;
    }

    private boolean matchesInWords(CharSequence text) {
        long[] state = new long[words];
        state[0] = 1;
        for (int i = 0; i < text.length(); i++) {
            long[] row = rows[row(fold(text.charAt(i)))];
            long carried = 0;
            long any = 0;
            for (int word = 0; word < words; word++) {
                long taken = state[word] & row[word];
                state[word] = (taken << 1) | carried | (state[word] & stars[word]);
                carried = taken >>> (WORD - 1);
                any |= state[word];
            }
            if (any == 0) {
                return false;
            }
        }
        return (state[length / WORD] & (1L << (length % WORD))) != 0;
    }

    /** By the pattern as it was written. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Glob glob && glob.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return pattern;
    }
}
