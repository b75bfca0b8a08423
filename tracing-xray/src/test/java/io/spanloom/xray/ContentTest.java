package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.ThrownException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentTest {

    private final Content content = new Content();

    @Test
    void valueThatIsReplaced_weighsWhatStays() {
        for (int i = 0; i < 10_000; i++) {
            content.metadata("default", "progress", "\"" + "x".repeat(1_000) + i + "\"");
            content.annotation("step", "y".repeat(1_000));
        }

        assertThat(content.weight()).isBetween(2_000, 2_200);
    }

    @Test
    void valuesBeyondTheLimit_areCountedNotKept() {
        for (int i = 0; i < Content.VALUES + 3; i++) {
            content.annotation("a" + i, 1L);
            content.metadata("default", "m" + i, "1");
        }
        for (int i = 0; i < Content.EXCEPTIONS + 1; i++) {
            content.exception(List.of(new ThrownException("E", "", List.of(), 0)));
        }

        assertThat(content.annotations()).hasSize(2 * Content.VALUES);
        assertThat(content.metadata()).hasSize(3 * Content.VALUES);
        assertThat(content.exceptions()).hasSize(Content.EXCEPTIONS);
        assertThat(content.leftOut()).isEqualTo(7);
    }

    @Test
    void keyThatIsKept_takesANewValueBeyondTheLimit() {
        for (int i = 0; i < Content.VALUES; i++) {
            content.annotation("a" + i, 1L);
        }
        content.annotation("a0", 2L);

        assertThat(content.annotations()[1]).isEqualTo(2L);
        assertThat(content.leftOut()).isZero();
    }
}
