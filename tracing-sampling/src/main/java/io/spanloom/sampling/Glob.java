package io.spanloom.sampling;

import org.jspecify.annotations.Nullable;

/**
 * A pattern of a sampling rule: {@code *} stands for any characters, {@code ?} for exactly one; case does not count, and
 * the whole text has to match.
 *
 * <p>Takes at most (characters of the pattern) x (characters of the text) steps and no memory: never exponential, linear
 * in what a request sends.
 *
 * @param pattern as it was written
 */
record Glob(String pattern) {

    static final Glob ANY = new Glob("*");

    static Glob of(String pattern) {
        return pattern.equals("*") ? ANY : new Glob(pattern);
    }

    boolean isAny() {
        return pattern.equals("*");
    }

    /** Text that is absent counts as empty, as for the X-Ray SDK. */
    boolean matches(@Nullable String absentOrText) {
        if (isAny()) {
            return true;
        }
        String text = absentOrText == null ? "" : absentOrText;
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            char expected = p < pattern.length() ? pattern.charAt(p) : 0;
            if (p < pattern.length() && expected == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (expected == '?' || isSame(expected, text.charAt(t)))) {
                p++;
                t++;
            } else if (star >= 0) {
                // Only the last star needs to give: what stands before it has found its first place.
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean isSame(char a, char b) {
        return a == b
                || Character.toLowerCase(Character.toUpperCase(a)) == Character.toLowerCase(Character.toUpperCase(b));
    }

    @Override
    public String toString() {
        return pattern;
    }
}
