package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.SpanSeed;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XRayHeaderTest {

    private static final String TRACE = "5759e988bd862e3fe1be46a994272793";
    private static final String ROOT = "Root=1-5759e988-bd862e3fe1be46a994272793";
    private static final String PARENT = "53995c3f42cd8ad8";

    private static SpanSeed seed(String header) {
        return Objects.requireNonNull(XRayHeader.parse(header), "malformed");
    }

    @Test
    void wholeHeader_isRead() {
        assertThat(seed(ROOT + ";Parent=" + PARENT + ";Sampled=1")).isEqualTo(SpanSeed.remote(TRACE, PARENT, true));
    }

    @Test
    void notSampled_isRead() {
        assertThat(seed(ROOT + ";Parent=" + PARENT + ";Sampled=0").sampled()).isFalse();
    }

    /** As the Python SDK sends for a request that is not sampled. */
    @Test
    void notSampledUnderARootOfZeros_isADecisionWithoutATrace() {
        SpanSeed seed = seed("Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0");

        assertThat(seed.sampled()).isFalse();
        assertThat(seed.traceId()).isNull();
        assertThat(seed.parentSpanId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {";Sampled=?", ";Sampled=", ";Sampled=2", ""})
    void decisionThatIsLeftOpen_isOpen(String sampled) {
        assertThat(seed(ROOT + ";Parent=" + PARENT + sampled).sampled()).isNull();
    }

    @Test
    void orderCaseAndBlanks_areOfNoAccount() {
        assertThat(seed(" sampled = 1 ; PARENT= " + PARENT.toUpperCase(java.util.Locale.ROOT)
                        + " ;;root=1-5759E988-BD862E3FE1BE46A994272793;"))
                .isEqualTo(SpanSeed.remote(TRACE, PARENT, true));
    }

    @Test
    void noteOfALoadBalancer_isDropped() {
        assertThat(seed("Self=1-67891234-12456789abcdef012345678;" + ROOT).xrayExtras())
                .isNull();
    }

    @Test
    void partsThatAreNotKnown_arePassedOn() {
        assertThat(seed(ROOT + ";Lineage=a87bd80c:1|68fd508a:5|c512fbe3:2;Parent=" + PARENT + ";CalledFrom=app")
                        .xrayExtras())
                .isEqualTo(";Lineage=a87bd80c:1|68fd508a:5|c512fbe3:2;CalledFrom=app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lineage=a\r\nSet-Cookie: x",
                "Lineage=a\nb",
                "Lineage=a\u0000b",
                "Lineage=a,b",
                "Lineage=\"a\"",
                "Lineage=é",
                "Lineage=a b"
            })
    void partThatCouldEndAHeader_isDropped(String part) {
        assertThat(seed(ROOT + ";" + part + ";Parent=" + PARENT).xrayExtras()).isNull();
    }

    @Test
    void partsBeyond256Characters_areDropped() {
        String passed =
                seed(ROOT + ";A=" + "a".repeat(100) + ";B=" + "b".repeat(100)).xrayExtras();

        assertThat(passed).isEqualTo(";A=" + "a".repeat(100));
        assertThat(XRayHeader.format("1-5759e988-bd862e3fe1be46a994272793", PARENT, true, passed))
                .hasSizeLessThanOrEqualTo(256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "Root",
                "Root=",
                "=;=",
                "Parent=53995c3f42cd8ad8;Sampled=1",
                "Root=2-5759e988-bd862e3fe1be46a994272793",
                "Root=1-5759e988-bd862e3fe1be46a99427279",
                "Root=1-5759e988-bd862e3fe1be46a9942727933",
                "Root=1-5759e98g-bd862e3fe1be46a994272793",
                "Root=1_5759e988_bd862e3fe1be46a994272793",
                "Root=1-00000000-000000000000000000000000",
                "Root=5759e988bd862e3fe1be46a994272793",
                "\r\n"
            })
    void headerWithoutAValidRoot_isMalformed(String header) {
        assertThat(XRayHeader.parse(header)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "53995c3f42cd8ad", "53995c3f42cd8ad88", "0000000000000000", "53995c3f42cd8adx"})
    void parentThatIsNotValid_isLeftOut(String parent) {
        assertThat(seed(ROOT + ";Parent=" + parent).parentSpanId()).isNull();
    }

    @Test
    void headerOfAMegabyte_isReadToItsFirstKilobyteInNoTime() {
        String junk = ";x=1".repeat(256 * 1024);

        Assertions.assertTimeout(Duration.ofSeconds(1), () -> {
            assertThat(seed(ROOT + ";Parent=" + PARENT + junk).parentSpanId()).isEqualTo(PARENT);
            assertThat(XRayHeader.parse(junk + ROOT)).isNull();
            assertThat(XRayHeader.parse("R".repeat(1 << 20))).isNull();
        });
    }

    @Test
    void partThatIsCutThrough_isNotPassedOnByHalf() {
        String padding = ";x=" + "\"".repeat(1_024 - ROOT.length() - 3 - 12);

        assertThat(seed(ROOT + padding + ";Lineage=abcdefghijk").xrayExtras()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {";Sampled=?", ";sampled = ? ;x=1", ";x;SAMPLED=?"})
    void questionMark_asksForTheDecision(String sampled) {
        assertThat(XRayHeader.asksForDecision(ROOT + sampled)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "=", ";Sampled=", ";Sampled=1", ";Sampled", ";x=Sampled=?", ";Sampled=??"})
    void anythingElse_doesNotAsk(String sampled) {
        assertThat(XRayHeader.asksForDecision(ROOT + sampled)).isFalse();
        assertThat(XRayHeader.asksForDecision(sampled)).isFalse();
    }

    @Test
    void questionBeyondTheFirstKilobyte_isNotRead() {
        assertThat(XRayHeader.asksForDecision(ROOT + ";x=1".repeat(1 << 18) + ";Sampled=?"))
                .isFalse();
    }

    @Test
    void answer_namesTheTraceAndTheDecisionWhereItIsAskedFor() {
        assertThat(XRayHeader.formatAnswer("1-5759e988-bd862e3fe1be46a994272793", false, true))
                .isEqualTo(ROOT);
        assertThat(XRayHeader.formatAnswer("1-5759e988-bd862e3fe1be46a994272793", true, true))
                .isEqualTo(ROOT + ";Sampled=1");
        assertThat(XRayHeader.formatAnswer("1-5759e988-bd862e3fe1be46a994272793", true, false))
                .isEqualTo(ROOT + ";Sampled=0");
    }

    @Test
    void header_isWrittenInFull() {
        assertThat(XRayHeader.format("1-5759e988-bd862e3fe1be46a994272793", PARENT, true, null))
                .isEqualTo(ROOT + ";Parent=" + PARENT + ";Sampled=1");
        assertThat(XRayHeader.format("1-5759e988-bd862e3fe1be46a994272793", PARENT, false, ";Lineage=a"))
                .isEqualTo(ROOT + ";Parent=" + PARENT + ";Sampled=0;Lineage=a");
    }

    private static final int READ = 1_024;

    @Test
    void headerOfAsMuchAsIsRead_isReadWhole() {
        String start = ROOT + ";";
        String end = ";Sampled=0";
        String fill = "x".repeat(READ - start.length() - end.length());

        assertThat(seed(start + fill + end).sampled()).isFalse();
        assertThat(seed(start + fill + "x" + end).sampled()).isNull();
    }

    @Test
    void question_isSeenUpToTheLastCharacterThatIsRead() {
        String end = ";Sampled=?";

        assertThat(XRayHeader.asksForDecision("Sampled=?")).isTrue();
        assertThat(XRayHeader.asksForDecision("=;Sampled=?")).isTrue();
        assertThat(XRayHeader.asksForDecision("x".repeat(READ - end.length()) + end))
                .isTrue();
        assertThat(XRayHeader.asksForDecision("x".repeat(READ - end.length() + 1) + end))
                .isFalse();
        assertThat(XRayHeader.asksForDecision("Sampled;=?")).isFalse();
    }

    @Test
    void partWithoutAName_isPassedOver() {
        assertThat(seed("=x;" + ROOT).xrayExtras()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"!, true", "~, true", "' ', false", "\u007f, false"})
    void extra_isPassedOnIfItIsPrintable(String character, boolean passed) {
        assertThat(seed(ROOT + ";a=b" + character + "c").xrayExtras() != null).isEqualTo(passed);
    }

    @Test
    void extras_arePassedOnUpToTheRoomThatTheHeaderHas() {
        int room = 256 - (5 + 35 + 8 + 16 + 10);
        String fits = "a=" + "x".repeat(room - 1 - 2);

        assertThat(seed(ROOT + ";" + fits).xrayExtras()).isEqualTo(";" + fits);
        assertThat(seed(ROOT + ";" + fits + "x").xrayExtras()).isNull();
    }
}
