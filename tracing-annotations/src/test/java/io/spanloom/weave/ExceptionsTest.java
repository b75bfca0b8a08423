package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.Outcome;
import io.spanloom.annotation.Subsegment;
import io.spanloom.annotation.Traced;
import io.spanloom.spi.ThrownException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExceptionsTest extends WovenTest {

    static class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static class Failing {

        Number sink = 0;

        @Traced
        int throwing(Throwable thrown) {
            throw ExceptionsTest.<RuntimeException>sneak(thrown);
        }

        @Traced
        long declared(IOException thrown) throws IOException {
            throw thrown;
        }

        @Traced
        void outer(Throwable thrown) {
            inner(thrown);
        }

        @Subsegment("inner")
        void inner(Throwable thrown) {
            throw ExceptionsTest.<RuntimeException>sneak(thrown);
        }

        @Traced
        String handled() {
            try {
                throw new IllegalStateException("handled");
            } catch (IllegalStateException e) {
                return "handled";
            }
        }

        @Traced
        synchronized void locked() {
            throw new IllegalStateException();
        }

        @Traced(ignore = Declined.class)
        void ignoring() {
            throw new Declined() {
                private static final long serialVersionUID = 1;
            };
        }

        @Traced(expected = {IOException.class, Declined.class})
        void expecting() {
            throw new Declined();
        }

        @Traced
        void located() { // the line of the throw is the second below this one
            Object text = "not a number";
            sink = (Number) text;
        }

        @Traced
        StackTraceElement here() {
            return new Throwable().getStackTrace()[0];
        }

        StackTraceElement unwovenHere() {
            return new Throwable().getStackTrace()[0];
        }
    }

    @SuppressWarnings("unchecked")
    static <X extends Throwable> X sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private final Failing failing = new Failing();

    @Test
    void uncheckedException_isTheSameObjectAndAFault() {
        RuntimeException thrown = new IllegalArgumentException("bad", new IOException("cause"));
        assertThat(catchThrowable(() -> failing.throwing(thrown))).isSameAs(thrown);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
        assertThat(only().exceptions())
                .extracting(ThrownException::type)
                .containsExactly("java.lang.IllegalArgumentException", "java.io.IOException");
    }

    @Test
    void checkedException_isTheSameObject() {
        IOException thrown = new IOException();
        assertThat(catchThrowable(() -> failing.declared(thrown))).isSameAs(thrown);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void error_isTheSameObject() {
        Error thrown = new AssertionError();
        assertThat(catchThrowable(() -> failing.throwing(thrown))).isSameAs(thrown);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void sneakyThrowable_isTheSameObject() {
        Throwable thrown = new Throwable("sneaky");
        assertThat(catchThrowable(() -> failing.throwing(thrown))).isSameAs(thrown);
        assertThat(only().outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void exceptionThroughTwoSpans_isRecordedByTheDeepest() {
        RuntimeException thrown = new RuntimeException();
        assertThat(catchThrowable(() -> failing.outer(thrown))).isSameAs(thrown);
        assertThat(RecordingProvider.ENDED.get(0).exceptions()).hasSize(1);
        assertThat(RecordingProvider.ENDED.get(1).exceptions()).isEmpty();
        assertThat(RecordingProvider.ENDED.get(1).outcome()).isEqualTo(Outcome.FAULT);
    }

    @Test
    void exceptionThatTheMethodHandles_leavesNoTrace() {
        assertThat(failing.handled()).isEqualTo("handled");
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().exceptions()).isEmpty();
    }

    @Test
    void exceptionInSynchronizedMethod_releasesTheLock() {
        assertThat(catchThrowable(failing::locked)).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.holdsLock(failing)).isFalse();
    }

    @Test
    void ignoredException_leavesNoTrace() {
        assertThat(catchThrowable(failing::ignoring)).isInstanceOf(Declined.class);
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().exceptions()).isEmpty();
    }

    @Test
    void expectedException_isRecordedAndNoFault() {
        assertThat(catchThrowable(failing::expecting)).isInstanceOf(Declined.class);
        assertThat(only().outcome()).isEqualTo(Outcome.OK);
        assertThat(only().exceptions()).hasSize(1);
    }

    @Test
    void stackTrace_hasNoFrameOfOursAndTheSourcesLines() {
        Throwable thrown = catchThrowable(failing::located);
        StackTraceElement[] trace = thrown.getStackTrace();
        assertThat(trace[0].getMethodName()).isEqualTo("located");
        assertThat(trace[1].getClassName()).doesNotContain("woven");
        int distance = failing.unwovenHere().getLineNumber() - failing.here().getLineNumber();
        assertThat(distance).isEqualTo(4);
        assertThat(failing.here().getLineNumber() - trace[0].getLineNumber()).isEqualTo(5);
    }
}
