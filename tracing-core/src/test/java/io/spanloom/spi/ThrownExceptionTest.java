package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrownExceptionTest {

    @Test
    void chain_isOutermostFirst() {
        assertThat(ThrownException.chain(new IllegalStateException("boom", new IOException("disk"))))
                .extracting(ThrownException::type, ThrownException::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("java.lang.IllegalStateException", "boom"),
                        org.assertj.core.groups.Tuple.tuple("java.io.IOException", "disk"));
    }

    @Test
    void cycleOfCauses_isCut() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(ThrownException.chain(first))
                .extracting(ThrownException::message)
                .containsExactly("first", "second");
    }

    @Test
    void longChain_isCutAfterTen() {
        Throwable thrown = new IllegalStateException("0");
        for (int i = 1; i < 100; i++) {
            thrown = new IllegalStateException(Integer.toString(i), thrown);
        }

        assertThat(ThrownException.chain(thrown)).hasSize(10);
    }

    @Test
    void deepStack_isCutAndCounted() {
        IllegalStateException thrown = new IllegalStateException();
        StackTraceElement[] deep = new StackTraceElement[80];
        java.util.Arrays.fill(deep, new StackTraceElement("a.B", "c", "B.java", 1));
        thrown.setStackTrace(deep);

        ThrownException recorded = ThrownException.chain(thrown).get(0);
        assertThat(recorded.frames()).hasSize(50);
        assertThat(recorded.truncated()).isEqualTo(30);
        assertThat(recorded.message()).isEmpty();
    }

    @Test
    void longMessage_isCut() {
        assertThat(ThrownException.chain(new IllegalStateException("m".repeat(2_000)))
                        .get(0)
                        .message())
                .hasSize(1_000);
    }

    @Test
    void throwableWhoseOwnMethodsThrow_isRecordedByItsType() {
        class Broken extends RuntimeException {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new NoClassDefFoundError("even this");
            }

            @Override
            public synchronized Throwable getCause() {
                throw new AssertionError("and this");
            }
        }

        assertThat(ThrownException.chain(new Broken()))
                .containsExactly(new ThrownException(Broken.class.getName(), "", List.of(), 0));
    }

    @Test
    void stackText_isOneLinePerFrameAndCause() {
        StackTraceElement frame = new StackTraceElement("a.B", "c", "B.java", 7);
        StackTraceElement without = new StackTraceElement("a.B$D", "<init>", null, -2);

        assertThat(ThrownException.stackText(List.of(
                        new ThrownException("a.Outer", "two\r\nlines", List.of(frame, without), 3),
                        new ThrownException("a.Middle", "", List.of(), 0),
                        new ThrownException("a.Inner", "last", List.of(), 0))))
                .isEqualTo("a.Outer: two  lines\n"
                        + "\tat a.B.c(B.java:7)\n"
                        + "\tat a.B$D.<init>(Unknown:0)\n"
                        + "Caused by: a.Middle\n"
                        + "\tat unknown(Unknown:0)\n"
                        + "Caused by: a.Inner: last\n");
    }

    @Test
    void framesThatTextWouldDistort_areMadePlain() {
        IllegalStateException thrown = new IllegalStateException();
        StackTraceElement usual = new StackTraceElement("a.B", "<init>", "B.java", 1);
        thrown.setStackTrace(new StackTraceElement[] {
            usual,
            new StackTraceElement("a.B$$Lambda/0x00007f12", "apply", null, -1),
            new StackTraceElement("a.BTest", "finds (all)", "C:\\b.js", 2),
            new StackTraceElement("a\nB", "c", "d\ne", 3)
        });

        List<StackTraceElement> frames = ThrownException.chain(thrown).get(0).frames();
        assertThat(frames.get(0)).isSameAs(usual);
        assertThat(frames.subList(1, 4))
                .extracting(
                        StackTraceElement::getClassName, StackTraceElement::getMethodName, each -> each.getFileName())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a.B$$Lambda.0x00007f12", "apply", null),
                        org.assertj.core.groups.Tuple.tuple("a.BTest", "finds [all)", "C_\\b.js"),
                        org.assertj.core.groups.Tuple.tuple("a B", "c", "d e"));
    }
}
