package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A pattern, a line end, a text: matched as the words say, which a table of all prefixes shows. */
class GlobFuzzTest {

    private static final int CHARS = 300;

    @FuzzTest(maxDuration = "5m")
    void glob(byte[] data) {
        String input = new String(data, 0, Math.min(data.length, CHARS), StandardCharsets.ISO_8859_1);
        int line = input.indexOf('\n');
        String pattern = line < 0 ? input : input.substring(0, line);
        String text = line < 0 ? "" : input.substring(line + 1);

        assertThat(Glob.of(pattern).matches(text)).isEqualTo(plain(pattern, text));
    }

    private static boolean plain(String pattern, String text) {
        boolean[] before = new boolean[text.length() + 1];
        before[0] = true;
        for (int p = 0; p < pattern.length(); p++) {
            char c = pattern.charAt(p);
            boolean[] now = new boolean[text.length() + 1];
            now[0] = c == '*' && before[0];
            for (int i = 1; i <= text.length(); i++) {
                boolean same = c == '?' || pattern.regionMatches(true, p, text, i - 1, 1);
                now[i] = c == '*' ? before[i] || now[i - 1] : same && before[i - 1];
            }
            before = now;
        }
        return before[text.length()];
    }
}
