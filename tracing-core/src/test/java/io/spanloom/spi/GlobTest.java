package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "*, anything, true",
                "*, \"\", true",
                "\"\", \"\", true",
                "\"\", a, false",
                "?, a, true",
                "?, \"\", false",
                "?*, a, true",
                "/api/*, /api/home, true",
                "/API/*, /api/Home, true",
                "/api/*, /ap, false",
                "*.gitpod.io, 4567-cruddur.ws.gitpod.io, true",
                "*.gitpod.io, gitpod.io, false",
                "a*b*c, axxbxxc, true",
                "a*b*c, axxbxx, false",
                "a*b?c, abbbxc, true",
                "**a**, xxaxx, true",
                "get, GET, true",
                "GET, GETX, false",
            })
    void pattern_isMatchedAgainstTheWholeTextWithoutCase(String pattern, String text, boolean expected) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
    }

    @Test
    void absentText_countsAsEmpty() {
        assertThat(Glob.of("*").matches(null)).isTrue();
        assertThat(Glob.of("**").matches(null)).isTrue();
        assertThat(Glob.of("a").matches(null)).isFalse();
    }

    @Test
    void textOfAnyLength_isMatchedByThePlainDefinition() {
        Random random = new Random(3);
        int matched = 0;
        for (int round = 0; round < 200_000; round++) {
            String pattern = text(random, "ab?*Ä", random.nextInt(round % 100 == 0 ? 150 : 8));
            String text = text(random, "aBbä", random.nextInt(round % 100 == 0 ? 150 : 8));
            boolean expected = plain(pattern, text);

            assertThat(Glob.of(pattern).matches(text))
                    .as("%s for %s", pattern, text)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(20_000); // or it would prove nothing
    }

    private static String text(Random random, String letters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    /** What the words say, by a table of all prefixes: quadratic, and plain. */
    private static boolean plain(String pattern, String text) {
        boolean[] before = new boolean[text.length() + 1];
        before[0] = true;
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            boolean[] now = new boolean[text.length() + 1];
            now[0] = c == '*' && before[0];
            for (int i = 1; i <= text.length(); i++) {
                boolean same = c == '?' || c == Character.toLowerCase(text.charAt(i - 1));
                now[i] = c == '*' ? before[i] || now[i - 1] : same && before[i - 1];
            }
            before = now;
        }
        return before[text.length()];
    }

    static List<String> hostile() {
        return List.of(
                "*a".repeat(60) + "b",
                "*a".repeat(500) + "b",
                "*" + "a?".repeat(30) + "b*",
                "*" + "?".repeat(900) + "b",
                "a*".repeat(400) + "*****b",
                "*".repeat(1_000) + "b",
                "*" + "a".repeat(63) + "b",
                "*" + "a".repeat(64) + "b");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostilePattern_looksAtEachCharacterOnceAtMost(String pattern) {
        Counted text = new Counted("a".repeat(100_000));

        assertThat(Glob.of(pattern).matches(text)).isFalse();
        assertThat(text.looks).isLessThanOrEqualTo(100_000);
    }

    @Test
    void patternOfManyDifferentCharacters_isMatched() {
        StringBuilder all = new StringBuilder();
        for (char c = '!'; c < 600; c++) {
            if (c != '*' && c != '?') {
                all.append(c);
            }
        }

        assertThat(Glob.of("*" + all).matches("before" + all)).isTrue();
        assertThat(Glob.of(all + "*").matches(all.substring(1))).isFalse();
    }

    /** Counts how often it is looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new UnsupportedOperationException();
        }
    }
}
