package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import java.time.Duration;
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
    void whatHasEnded_isTakenWhenSomebodySaysToLook() {
        Held open = open();
        AWSXRay.beginSegment("sdk");
        Subsegment theirs = AWSXRay.beginSubsegment("theirs");
        Held ended = Held.of(theirs);
        held.add(open);
        held.add(ended);
        AWSXRay.endSubsegment();
        AWSXRay.endSegment();
        assertThat(held.takeRipe(false)).as("nobody has said so").isEmpty();

        held.lookAgain();
        assertThat(held.isLookDue()).isTrue();
        assertThat(held.takeRipe(false)).containsExactly(ended);
        assertThat(held.takeRipe(true)).containsExactly(open);
    }

    @Test
    void whatHasWaitedLongEnough_isTakenUnasked() {
        Held one = open();
        held.add(one);
        List<Held> ripe = await().pollInterval(Duration.ofMillis(10))
                .atMost(DEADLINE)
                .until(() -> held.takeRipe(false), taken -> !taken.isEmpty());

        assertThat(ripe).containsExactly(one);
        assertThat(one.due() - System.nanoTime()).isNotPositive();
        assertThat(held.nanosUntilDue(1_000)).as("nothing waits any more").isEqualTo(1_000);
    }

    @Test
    void howLongTheFirstMayWait_isKnown() {
        long most = Duration.ofHours(1).toNanos();
        assertThat(held.nanosUntilDue(most)).isEqualTo(most);

        held.add(open());
        assertThat(held.nanosUntilDue(most)).isBetween(0L, Held.MOMENT_NANOS);
        assertThat(held.nanosUntilDue(1)).isBetween(0L, 1L);
    }

    @Test
    void justAdded_isDueInTwoSecondsAndNotBefore() {
        long before = System.nanoTime();
        held.add(open());
        long left = held.nanosUntilDue(Long.MAX_VALUE);

        assertThat(left).isGreaterThanOrEqualTo(Held.MOMENT_NANOS - (System.nanoTime() - before));
    }

    @Test
    void moreThanTwentyThousand_areNotHeld() {
        Held one = open();
        for (int i = 0; i < 20_000; i++) {
            assertThat(held.add(one)).isTrue();
        }

        assertThat(held.add(one)).isFalse();
    }

    @Test
    void closed_takesNothingMoreAndGivesWhatItHas() {
        Held one = open();
        held.add(one);

        assertThat(held.close()).isEqualTo(List.of(one));
        assertThat(held.takeRipe(true)).as("nor gives it twice").isEmpty();
        assertThat(held.add(open())).isFalse();
    }
}
