package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private long now;
    private final List<String> said = new ArrayList<>();
    private final Complaints complaints = new Complaints(() -> now, said::add);

    @Test
    void firstOfAKind_isSaidAtOnce() {
        complaints.say("bad json", "byte 1");
        complaints.say("no id", "");

        assertThat(said).containsExactly("bad json: byte 1", "no id");
    }

    @Test
    void moreOfAKind_areSummarisedAfterAWhile() {
        for (int i = 0; i < 1_000; i++) {
            complaints.say("bad json", "byte " + i);
        }
        complaints.summariseDue();
        assertThat(said).hasSize(1);
        now += Complaints.INTERVAL_NANOS;
        complaints.summariseDue();
        complaints.summariseDue();

        assertThat(said).containsExactly("bad json: byte 0", "bad json: 999 more (last: byte 999)");
    }

    @Test
    void end_saysWhatIsLeft() {
        complaints.say("bad json", "1");
        complaints.say("bad json", "2");
        complaints.summariseAll();

        assertThat(said).containsExactly("bad json: 1", "bad json: 1 more (last: 2)");
    }

    @Test
    void particulars_areSafeToPrint() {
        complaints.say("bad json", "\u001b[2J" + "x".repeat(1_000));

        assertThat(said.get(0)).doesNotContain("\u001b").hasSizeLessThan(250);
    }
}
