package io.spanloom.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void patternFullOfStars_isNotExponential() {
        Glob evil = Glob.of("*a".repeat(60) + "b");
        String text = "a".repeat(100_000);

        // 12 million steps; by plain backtracking it would outlive us all.
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertThat(evil.matches(text)).isFalse());
    }
}
