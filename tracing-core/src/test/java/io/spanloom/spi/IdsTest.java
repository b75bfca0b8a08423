package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    @Test
    void traceId_beginsWithTheEpochSecond() {
        assertThat(Ids.traceId(Ids.newTraceIdHigh(1_465_510_280_000_000_000L), Ids.newTraceIdLow()))
                .matches("5759e988[0-9a-f]{24}");
    }

    @Test
    void idsOfBits_keepLeadingZeros() {
        assertThat(Ids.spanId(1)).isEqualTo("0000000000000001");
        assertThat(Ids.spanId(-1)).isEqualTo("ffffffffffffffff");
        assertThat(Ids.traceId(0x0123456789abcdefL, 15)).isEqualTo("0123456789abcdef000000000000000f");
    }

    @Test
    void bits_areThoseOfTheId() {
        String id = "8123456789abcdef000000000000000f";

        assertThat(Ids.traceId(Ids.bits(id, 0), Ids.bits(id, 16))).isEqualTo(id);
    }

    @Test
    void manyIds_areUniqueAndNotZero() {
        assertThat(LongStream.generate(Ids::newSpanId).limit(10_000).boxed())
                .doesNotHaveDuplicates()
                .doesNotContain(0L);
    }

    @Test
    void xrayForm_isTheSameBits() {
        assertThat(Ids.toXRay("5759e988bd862e3fe1be46a994272793")).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
        assertThat(Ids.fromXRay("1-5759E988-bd862e3fe1be46a994272793")).isEqualTo("5759e988bd862e3fe1be46a994272793");
        assertThat(Ids.toXRay("short")).isEqualTo("short");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5759e988bd862e3fe1be46a994272793",
                "2-5759e988-bd862e3fe1be46a994272793",
                "1-5759e98-8bd862e3fe1be46a994272793",
                "1-5759e988_bd862e3fe1be46a994272793",
                "1-00000000-000000000000000000000000",
                "1-5759e988-bd862e3fe1be46a99427279x"
            })
    void whatIsNotOfXRaysForm_isNull(String root) {
        assertThat(Ids.fromXRay(root)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00f067aa0ba902b",
                "00f067aa0ba902b77",
                "0000000000000000",
                "00f067aa0ba902bg",
                "００f067aa0ba902b7"
            })
    void whatIsNoSpanId_isNull(String id) {
        assertThat(Ids.validSpanId(id)).isNull();
    }

    @Test
    void validId_isLowerCased() {
        assertThat(Ids.validSpanId("00F067AA0BA902B7")).isEqualTo("00f067aa0ba902b7");
        String lower = "00f067aa0ba902b7";
        assertThat(Ids.validSpanId(lower)).isSameAs(lower);
    }
}
