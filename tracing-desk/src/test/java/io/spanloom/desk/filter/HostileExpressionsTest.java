package io.spanloom.desk.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileExpressionsTest {
    private static final int MEGABYTE = 1 << 20;

    /** Steps in proportion to the square of a megabyte would take hours. */
    private static final Duration AMPLE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok ",
                "ok OR ",
                "(",
                "!",
                "\"",
                "a",
                "a.",
                "9",
                "service(",
                "service() {",
                "annotation[",
                "user = \"x\\",
                "rootcause.json = #[",
                "rootcause.json = #[[",
                "json = #[{\"a\":",
                "id(name: \"a\",",
                "user = \"x\" ",
                "\u0000",
                "(ok) ",
            })
    void aMegabyteOfIt_isReadOrRefusedAtOnce(String piece) {
        String hostile = piece.repeat(MEGABYTE / piece.length());

        assertTimeoutPreemptively(AMPLE, () -> {
            try {
                Parser.parse(hostile);
            } catch (FilterException e) {
                assertThat(e).message().hasSizeLessThan(500);
            }
        });
    }

    @Test
    void stringOfAMegabyteWithoutEnd_isRefused() {
        String hostile = "user = \"" + "x".repeat(MEGABYTE);

        assertTimeoutPreemptively(
                AMPLE,
                () -> assertThatExceptionOfType(FilterException.class)
                        .isThrownBy(() -> Parser.parse(hostile))
                        .withMessageContaining("no closing quote"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(|ok|)", "json = #[|1|]"})
    void nesting_isLimited(String shape) {
        String[] parts = shape.split("\\|", -1);
        String start = parts[0].substring(0, parts[0].length() - 1);
        String open = parts[0].substring(parts[0].length() - 1);

        assertThatCode(() -> Parser.parse(nested(start, open, parts, Reader.MAX_DEPTH)))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(FilterException.class)
                .isThrownBy(() -> Parser.parse(nested(start, open, parts, Reader.MAX_DEPTH + 1)))
                .withMessageContaining("more than 64 levels");
    }

    @Test
    void longerThanAllowed_isRefusedUnread() {
        assertThatExceptionOfType(FilterException.class)
                .isThrownBy(() -> Filter.parse("(".repeat(Filter.MAX_LENGTH + 1)))
                .withMessageContaining("allowed are 100000");
        assertThatCode(() -> Filter.parse("ok ".repeat(Filter.MAX_LENGTH / 3))).doesNotThrowAnyException();
    }

    @Test
    void charactersAtRandom_makeNothingButFilterExceptions() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
            }
            try {
                Filter.parse(text.toString());
            } catch (FilterException e) {
                assertThat(e.position()).isBetween(0, text.length());
            }
        }
    }

    private static String nested(String start, String open, String[] parts, int depth) {
        return start + open.repeat(depth) + parts[1] + parts[2].repeat(depth);
    }
}
