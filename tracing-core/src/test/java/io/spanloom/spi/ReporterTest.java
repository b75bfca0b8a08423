package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** With no slf4j provider on the class path, as in these tests. */
class ReporterTest {

    @Test
    void warningWithoutALogger_isSaidOnStandardErrorWithItsCodeAndPage() throws Exception {
        assertThat(Said.by(() -> Reporter.warn("TRC-901", "the sky is falling")))
                .isEqualTo("spanloom WARN TRC-901: the sky is falling - see docs/messages.md#trc-901"
                        + System.lineSeparator());
    }

    @Test
    void error_namesItsCause() throws Exception {
        assertThat(Said.by(() -> Reporter.error("TRC-902", "it broke", new IllegalStateException("boom"))))
                .startsWith("spanloom ERROR TRC-902: it broke [java.lang.IllegalStateException: boom] - see");
    }

    @Test
    void causeOfManyLines_isSaidInOne() throws Exception {
        assertThat(Said.by(() ->
                        Reporter.warn("TRC-907", "text", new IllegalStateException("a\r\nb" + "x".repeat(5_000)))))
                .contains("IllegalStateException: a b")
                .hasLineCount(1)
                .hasSizeLessThan(500);
    }

    @Test
    void sameCodeAgain_isHeldBack() throws Exception {
        assertThat(Said.by(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        Reporter.warn("TRC-903", "number " + i);
                    }
                }))
                .contains("number 0")
                .doesNotContain("number 1")
                .hasLineCount(1);
    }

    @Test
    void otherCodes_areNotHeldBack() throws Exception {
        assertThat(Said.by(() -> {
                    Reporter.warn("TRC-904", "one");
                    Reporter.warn("TRC-905", "two");
                }))
                .hasLineCount(2);
    }

    @Test
    void informationWithoutALogger_isNotSaid() throws Exception {
        assertThat(Said.by(() -> Reporter.info("all is well"))).isEmpty();
    }

    @Test
    void refusal_isSaidWithItsCause() throws Exception {
        assertThat(Said.by(() -> Reporter.refused("TRC-908", "not described", new StackOverflowError())))
                .startsWith("spanloom WARN TRC-908: not described [java.lang.StackOverflowError] - see");
    }

    @Test
    void refusalThatIsFatalToTheVm_goesOn() {
        OutOfMemoryError fatal = new OutOfMemoryError();

        assertThatThrownBy(() -> Reporter.refused("TRC-909", "not described", fatal))
                .isSameAs(fatal);
    }

    @Test
    void causeWhoseTextThrows_isNamedByItsType() throws Exception {
        class Broken extends RuntimeException {
            private static final long serialVersionUID = 1L;

            @Override
            public String toString() {
                throw new AssertionError("even this");
            }
        }

        assertThat(Said.by(() -> Reporter.warn("TRC-906", "text", new Broken())))
                .contains("TRC-906: text [")
                .contains("Broken]");
    }
}
