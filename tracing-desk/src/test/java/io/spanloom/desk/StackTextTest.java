package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.desk.TraceSpan.Thrown;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StackTextTest {

    @Test
    void jvmText_givesEveryCause() {
        StringWriter text = new StringWriter();
        new IllegalStateException("a", new RuntimeException("b: c", new Error()))
                .printStackTrace(new PrintWriter(text));

        assertThat(StackText.causes(text.toString()))
                .containsExactly(new Thrown("java.lang.RuntimeException", "b: c"), new Thrown("java.lang.Error", ""));
    }

    @Test
    void messageOfSeveralLines_isKeptWhole() {
        assertThat(StackText.causes("A\nCaused by: B: one\ntwo\n\tat x.y(Z.java:1)"))
                .containsExactly(new Thrown("B", "one\ntwo"));
    }

    @Test
    void causeWithoutFrames_doesNotSwallowTheNext() {
        assertThat(StackText.causes("A\nCaused by: B: one\nCaused by: C\n\t... 3 more"))
                .containsExactly(new Thrown("B", "one"), new Thrown("C", ""));
    }

    @Test
    void emptyMessageAfterColon_isNoMessage() {
        assertThat(StackText.causes("A\nCaused by: B:")).containsExactly(new Thrown("B", ""));
    }

    @Test
    void suppressedAndTheirCauses_areNotCauses() {
        assertThat(StackText.causes(
                        "A\n\tat x.y(Z.java:1)\n\tSuppressed: S: s\n\t\tat x.y(Z.java:2)\n\tCaused by: T\n"))
                .isEmpty();
    }
}
