package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.SpanSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldSpansTest extends InMemory {

    private final HeldSpans held = new HeldSpans();

    private static Held open() {
        XRayBackend backend = new XRayBackend(
                "cruddur", root -> true, new RememberingSink(), new Exporter.Limits(16, 1_000_000, true), false);
        Span span = backend.start(SpanSpec.named("open"), null).detach();
        return Held.ofSpan((XRaySpan) span, 1);
    }

    @Test
    void askedToLookWhereNothingIsHeld_itIsDoneWithThat() {
        held.lookAgain();
        assertThat(held.takeRipe(false)).isEmpty();

        assertThat(held.isLookDue())
                .as("or the sending thread never sleeps again")
                .isFalse();
    }

    @Test
    void whatIsOpenAndYoung_stays() {
        Held one = open();
        held.add(one);
        held.lookAgain();
        assertThat(held.takeRipe(false)).isEmpty();

        assertThat(held.takeRipe(true)).containsExactly(one);
        assertThat(held.takeRipe(true)).isEmpty();
    }

    @Test
    void closed_takesNothingMoreAndGivesWhatItHas() {
        Held one = open();
        held.add(one);

        assertThat(held.close()).isEqualTo(List.of(one));
        assertThat(held.add(open())).isFalse();
    }
}
