package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.SpanSeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({"00,false", "01,true", "02,false", "03,true", "ff,true", "fe,false"})
    void lowestFlag_isTheDecision(String flags, boolean sampled) {
        assertThat(TraceParent.parse("00-" + TRACE + "-" + PARENT + "-" + flags))
                .isEqualTo(SpanSeed.remote(TRACE, PARENT, sampled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-brings",
                "fe-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-"
            })
    void laterVersion_isReadAsFarAsItIsKnown(String header) {
        assertThat(TraceParent.parse(header)).isEqualTo(SpanSeed.remote(TRACE, PARENT, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "FF-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00F067AA0BA902B7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0A",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-011",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.extra",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01"
            })
    void whatTheSpecificationForbids_isMalformed(String header) {
        assertThat(TraceParent.parse(header)).isNull();
    }

    @Test
    void headerOfAMegabyte_isMalformed() {
        assertThat(TraceParent.parse("0".repeat(1 << 20))).isNull();
    }

    @Test
    void header_isWrittenInFull() {
        assertThat(TraceParent.format(TRACE, PARENT, true)).isEqualTo("00-" + TRACE + "-" + PARENT + "-01");
        assertThat(TraceParent.format(TRACE, PARENT, false)).isEqualTo("00-" + TRACE + "-" + PARENT + "-00");
    }
}
