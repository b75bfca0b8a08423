package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spanloom.annotation.SpanAnnotation;
import io.spanloom.annotation.Traced;
import org.junit.jupiter.api.Test;

/** A backend in breach of its contract never changes what a method does. */
class HostileBackendTest extends WovenTest {

    static class Victim {
        @Traced
        @SpanAnnotation
        String echo(@SpanAnnotation String text) {
            return text;
        }

        @Traced
        void fail(RuntimeException thrown) {
            throw thrown;
        }
    }

    private final Victim victim = new Victim();

    @Test
    void startThrows_methodRunsAsEver() {
        RecordingProvider.misbehaviour = () -> {
            throw new IllegalStateException("hostile");
        };
        assertUnharmed();
    }

    @Test
    void startThrowsError_methodRunsAsEver() {
        RecordingProvider.misbehaviour = () -> {
            throw new NoSuchMethodError("hostile");
        };
        assertUnharmed();
    }

    @Test
    void startGivesNull_methodRunsAsEver() {
        RecordingProvider.misbehaviour = () -> null;
        assertUnharmed();
    }

    private void assertUnharmed() {
        assertThat(victim.echo("text")).isEqualTo("text");
        RuntimeException thrown = new IllegalArgumentException();
        assertThat(catchThrowable(() -> victim.fail(thrown))).isSameAs(thrown);
        assertThat(names()).isEmpty();
    }
}
