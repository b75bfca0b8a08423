package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 µs",
        "999, 999 µs",
        "1000, 1.00 ms",
        "34249, 34.2 ms",
        "999949, 1000 ms",
        "999950, 1.00 s",
        "59994000, 60.0 s",
        "59995000, 1m 00s",
        "125000000, 2m 05s",
        "3720000000, 1h 02m"
    })
    void duration_hasTheUnitThatSuits(long micros, String expected) {
        assertThat(Durations.text(Duration.ofNanos(micros * 1_000)).trim()).isEqualTo(expected);
    }

    @Test
    void longText_endsInAnEllipsis() {
        assertThat(Text.abbreviated("abcdef", 4)).isEqualTo("abc…");
        assertThat(Text.abbreviated("abcd", 4)).isEqualTo("abcd");
    }

    @Test
    void surrogatePair_isNeverCutInHalf() {
        assertThat(Text.abbreviated("ab😀cd", 4)).isEqualTo("ab…");
    }

    @Test
    void controlCharacters_areReplaced() {
        assertThat(Text.clean("a\u001b[31m\nb\u202e\u009b")).isEqualTo("a?[31m b??");
    }

    @Test
    void noColor_refusesColourUnlessEmpty() {
        assertThat(Terminal.refusesColour(Map.of("NO_COLOR", "1"))).isTrue();
        assertThat(Terminal.refusesColour(Map.of("NO_COLOR", ""))).isFalse();
        assertThat(Terminal.refusesColour(Map.of("TERM", "dumb"))).isTrue();
    }

    @Test
    void summary_namesEachReason() {
        DeskCounters counters =
                new DeskCounters(5, Map.of(Rejection.BAD_JSON, 2L, Rejection.NO_NEWLINE, 1L), 1, 0, 0, 1, 0);

        assertThat(DeskSession.summary(counters))
                .isEqualTo("desk: 5 documents received, 3 rejected (no-newline 1, bad-json 2), 1 duplicate, 0 late;"
                        + " 1 trace finished, 0 evicted");
    }
}
