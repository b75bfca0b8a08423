package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.spanloom.desk.TraceSpan.Frame;
import io.spanloom.desk.TraceSpan.Thrown;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTextTest {

    @Test
    void jvmText_givesEveryCauseWithItsStack() {
        StringWriter text = new StringWriter();
        Throwable thrown = new IllegalStateException("a", new RuntimeException("b: c", new Error()));
        thrown.printStackTrace(new PrintWriter(text));

        List<Thrown> read = read(text.toString());

        assertThat(read)
                .extracting(Thrown::type, Thrown::message)
                .containsExactly(
                        tuple("A", "message"),
                        tuple("java.lang.RuntimeException", "b: c"),
                        tuple("java.lang.Error", ""));
        StackTraceElement top = thrown.getStackTrace()[0];
        assertThat(read.get(0).stack().get(0).label()).endsWith(top.getClassName() + "." + top.getMethodName());
        assertThat(read.get(0).stack().get(0))
                .extracting(Frame::path, Frame::line)
                .containsExactly(top.getFileName(), top.getLineNumber());
        assertThat(read.get(0).stack()).hasSize(thrown.getStackTrace().length);
        assertThat(read.get(1).stack().size() + read.get(1).truncated()).isEqualTo(thrown.getStackTrace().length);
    }

    @Test
    void frames_ofAllSpellings() {
        assertThat(read("A\n\tat m/x.Y.z(Y.java:1)\n\tat n.N.n(Native Method)\n\tat odd")
                        .get(0)
                        .stack())
                .containsExactly(
                        new Frame("m/x.Y.z", "Y.java", 1),
                        new Frame("n.N.n", "Native Method", 0),
                        new Frame("odd", "", 0));
    }

    @Test
    void textOfAnotherLanguage_isKeptByLines() {
        assertThat(read("Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nA: message"))
                .containsExactly(new Thrown(
                        "A",
                        "message",
                        List.of(
                                new Frame("Traceback (most recent call last):", "", 0),
                                new Frame("  File \"a.py\", line 1, in f", "", 0),
                                new Frame("A: message", "", 0)),
                        0));
        assertThat(read("A: message\n    at f (a.js:1:2)").get(0).stack())
                .containsExactly(new Frame("    at f (a.js:1:2)", "", 0));
    }

    @Test
    void framesBeyondTheLimit_areCounted() {
        Thrown deep = read("A" + "\n\tat x.y(Z.java:1)".repeat(1_000)).get(0);

        assertThat(deep.stack()).hasSize(StackText.MAX_FRAMES);
        assertThat(deep.truncated()).isEqualTo(1_000 - StackText.MAX_FRAMES);
    }

    @Test
    void framesOfManyThrowables_areLimitedTogether() {
        StackText text = new StackText();
        for (int i = 0; i < 100; i++) {
            text.add("A", "", "A" + "\n\tat x.y(Z.java:1)".repeat(100));
        }

        assertThat(text.all().stream().mapToInt(thrown -> thrown.stack().size()).sum())
                .isEqualTo(StackText.MAX_FRAMES_OF_SPAN);
        assertThat(text.all().stream()
                        .mapToInt(thrown -> thrown.stack().size() + thrown.truncated())
                        .sum())
                .isEqualTo(10_000);
    }

    @Test
    void longLine_isCut() {
        assertThat(read("x".repeat(100_000)).get(0).stack().get(0).label()).hasSize(StackText.MAX_LINE);
    }

    @Test
    void messageOfSeveralLines_isKeptWhole() {
        assertThat(causes("A\nCaused by: B: one\ntwo\n\tat x.y(Z.java:1)"))
                .containsExactly(new Thrown("B", "one\ntwo", List.of(new Frame("x.y", "Z.java", 1)), 0));
    }

    @Test
    void causeWithoutFrames_doesNotSwallowTheNext() {
        assertThat(causes("A\nCaused by: B: one\nCaused by: C\n\t... 3 more"))
                .containsExactly(new Thrown("B", "one"), new Thrown("C", "", List.of(), 3));
    }

    @Test
    void emptyMessageAfterColon_isNoMessage() {
        assertThat(causes("A\nCaused by: B:")).containsExactly(new Thrown("B", ""));
    }

    @Test
    void suppressedAndTheirCauses_areNotCauses() {
        assertThat(causes("A\n\tat x.y(Z.java:1)\n\tSuppressed: S: s\n\t\tat x.y(Z.java:2)\n\tCaused by: T\n"))
                .isEmpty();
    }

    private static List<Thrown> read(String stackTrace) {
        StackText text = new StackText();
        text.add("A", "message", stackTrace);
        return text.all();
    }

    private static List<Thrown> causes(String stackTrace) {
        List<Thrown> all = read(stackTrace);
        return all.subList(1, all.size());
    }
}
