package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.SpanSeed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class B3HeadersTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String IDS = TRACE + "-" + SPAN;

    private static SpanSeed decided(boolean sampled) {
        return new SpanSeed(null, null, sampled, null, 0, null, null, true);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"-1,true", "-d,true", "-0,false", "'',-", "-1-0000000000000001,true"},
            nullValues = "-")
    void oneHeader_isIdsAndDecision(String rest, @Nullable Boolean sampled) {
        assertThat(B3Headers.parse(IDS + rest)).isEqualTo(SpanSeed.remote(TRACE, SPAN, sampled));
    }

    @Test
    void shortTraceId_isOneWithZerosInFront() {
        SpanSeed seed = SpanSeed.remote("0".repeat(16) + SPAN, SPAN, true);

        assertThat(B3Headers.parse(SPAN + "-" + SPAN + "-1")).isEqualTo(seed);
        assertThat(B3Headers.parse(SPAN, SPAN, "1", null)).isEqualTo(seed);
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,true", "d,true"})
    void decisionAlone_isOne(String header, boolean sampled) {
        assertThat(B3Headers.parse(header)).isEqualTo(decided(sampled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "-",
                "---",
                TRACE,
                TRACE + "-",
                "-" + SPAN,
                IDS + "-",
                IDS + "-x",
                IDS + "-true",
                IDS + "-1-",
                IDS + "-1-123",
                IDS + "-1-" + SPAN + "-1",
                TRACE + "-0000000000000000-1",
                "00000000000000000000000000000000-" + SPAN + "-1",
                "0000000000000000-" + SPAN + "-1",
                "4bf92f3577b34da6a3ce929d0e0e473-" + SPAN + "-1",
                "4bf92f3577b34da6a3ce929d0e0e473g-" + SPAN + "-1",
                TRACE + "-00f067aa0ba902b-1",
                "1" + IDS + "-1-" + SPAN
            })
    void oneHeaderThatIsMalformed_isNone(String header) {
        assertThat(B3Headers.parse(header)).isNull();
    }

    @Test
    void headerOfAMegabyte_isNone() {
        assertThat(B3Headers.parse("-".repeat(1 << 20))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "1,-,true",
                "true,-,true",
                "0,-,false",
                "False,-,false",
                "-,-,-",
                "x,-,-",
                "0,1,true",
                "-,1,true",
                "0,0,false"
            },
            nullValues = "-")
    void severalHeaders_areIdsAndDecision(
            @Nullable String sampled, @Nullable String flags, @Nullable Boolean decision) {
        assertThat(B3Headers.parse(TRACE, " " + SPAN, sampled, flags))
                .isEqualTo(SpanSeed.remote(TRACE, SPAN, decision));
    }

    @Test
    void severalHeadersWithoutIds_areADecisionOrNothing() {
        assertThat(B3Headers.parse(null, null, "0", null)).isEqualTo(decided(false));
        assertThat(B3Headers.parse(null, null, null, "1")).isEqualTo(decided(true));
        assertThat(B3Headers.parse(null, null, null, null)).isNull();
    }

    @Test
    void severalHeadersOfWhichAnIdIsMissingOrMalformed_areNone() {
        assertThat(B3Headers.parse(TRACE, null, "1", null)).isNull();
        assertThat(B3Headers.parse(null, SPAN, "1", null)).isNull();
        assertThat(B3Headers.parse("nonsense", SPAN, "1", null)).isNull();
        assertThat(B3Headers.parse(TRACE, "0".repeat(16), "1", null)).isNull();
    }

    @Test
    void header_isWrittenInFull() {
        assertThat(B3Headers.format(TRACE, SPAN, true)).isEqualTo(IDS + "-1");
        assertThat(B3Headers.format(TRACE, SPAN, false)).isEqualTo(IDS + "-0");
    }
}
