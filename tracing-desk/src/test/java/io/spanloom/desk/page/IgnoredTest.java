package io.spanloom.desk.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoredTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "*, '', true",
        "*, anything, true",
        "?, '', false",
        "?, a, true",
        "a*c, abbc, true",
        "a*c, abbd, false",
        "*/health*, /api/health, true",
        "*/health*, /api/healt, false",
        "/health, /healthy, false",
        "a*a*b, aaaab, true",
        "a**b, ab, true",
        "a?b, ab, false",
    })
    void pattern_isOfTheWholeText(String pattern, String text, boolean matches) {
        assertThat(Ignored.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void patternOfManyStars_endsSoon() {
        assertThat(Ignored.matches("*a".repeat(145) + "b", "a".repeat(100_000))).isFalse();
    }

    @Test
    void tooManyOrTooLongPatterns_areRefused() {
        assertThatThrownBy(() -> Ignored.of("x\n".repeat(51))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ignored.of("x".repeat(301))).isInstanceOf(IllegalArgumentException.class);
    }
}
