package io.spanloom.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.Tracing;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Indexed values: typed, with canonical keys. */
abstract class AnnotationCases extends ContractCases {

    AnnotationCases(BackendContract contract) {
        super(contract);
    }

    private ObservedSpan recorded(Consumer<Span> recording) {
        Tracing.run("root", root -> Tracing.run("span", recording::accept));
        return spans(2).named("span");
    }

    @Test
    void text_staysText() {
        assertThat(recorded(span -> span.annotation("handle", "andrewbrown")).annotations())
                .containsEntry("handle", "andrewbrown");
    }

    @Test
    void textBeyondASCII_isKept() {
        assertThat(recorded(span -> span.annotation("city", "Zürich \"東京\" 😀\n"))
                        .annotations())
                .containsEntry("city", "Zürich \"東京\" 😀\n");
    }

    @Test
    void wholeNumber_staysWhole() {
        assertThat(recorded(span -> span.annotation("count", 42)).annotations()).containsEntry("count", 42L);
    }

    @Test
    void fraction_staysAFraction() {
        assertThat(recorded(span -> span.annotation("ratio", 0.25)).annotations())
                .containsEntry("ratio", 0.25);
    }

    @Test
    void truth_staysTruth() {
        assertThat(recorded(span -> span.annotation("cached", true).annotation("stale", false))
                        .annotations())
                .containsEntry("cached", true)
                .containsEntry("stale", false);
    }

    @Test
    void boxedNumbers_areTypedAsPlainOnes() {
        assertThat(recorded(span -> span.annotation("short", Short.valueOf((short) 7))
                                .annotation("money", new BigDecimal("12.5")))
                        .annotations())
                .containsEntry("short", 7L)
                .containsEntry("money", 12.5);
    }

    @Test
    void keyWithForeignCharacters_isMadeCanonical() {
        assertThat(recorded(span -> span.annotation("user.handle-1", "x")).annotations())
                .containsEntry("user_handle_1", "x")
                .doesNotContainKey("user.handle-1");
    }

    @Test
    void sameKeyTwice_keepsTheLast() {
        assertThat(recorded(span -> span.annotation("state", "first").annotation("state", 2))
                        .annotations())
                .containsEntry("state", 2L);
    }

    @Test
    void emptyAndNullValues_areLeftOut() {
        assertThat(recorded(span -> span.annotation("empty", "")
                                .annotation("text", (String) null)
                                .annotation("number", (Number) null)
                                .annotation("truth", (Boolean) null))
                        .annotations())
                .doesNotContainKeys("empty", "text", "number", "truth");
    }

    @Test
    void numbersThatJsonHasNoFormFor_areLeftOut() {
        assertThat(recorded(span -> span.annotation("nan", Double.NaN).annotation("max", Double.POSITIVE_INFINITY))
                        .annotations())
                .doesNotContainKeys("nan", "max");
    }

    @Test
    void longText_isCutAt1000Characters() {
        assertThat(recorded(span -> span.annotation("long", "a".repeat(5_000))).annotations())
                .containsEntry("long", "a".repeat(1_000));
    }

    @Test
    void annotationOnTheRoot_isKeptToo() {
        Tracing.run("root", root -> root.annotation("tenant", "acme"));

        assertThat(spans(1).only().annotations()).containsEntry("tenant", "acme");
    }

    @Test
    void annotationAfterTheEnd_isIgnored() {
        Tracing.run("root", root -> {
            Span span = Tracing.span("span");
            span.close();
            span.annotation("late", 1).metadata("late", 1);
            assertThat(span.isRecording()).isFalse();
        });

        ObservedSpan span = spans(2).named("span");
        assertThat(span.annotations()).doesNotContainKey("late");
        assertThat(span.metadata("default")).doesNotContainKey("late");
    }
}
