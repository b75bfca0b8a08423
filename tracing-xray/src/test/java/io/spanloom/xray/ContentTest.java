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

    @Test
    void valueOfAnotherThread_takesThePlaceOfTheOwn_andIsReplacedByALaterOne() {
        content.ownAnnotation("step", "own");
        content.ownAnnotation("kept", true);
        content.annotation("step", "another's");
        assertThat(content.annotations()).containsExactly("step", "another's", "kept", true);
        content.ownAnnotation("step", "own again");
        assertThat(content.annotations()).containsExactly("step", "own again", "kept", true);
    }

    @Test
    void annotationsOfAllThreads_areKeptUpToTheLimit_andTheRestIsCounted() {
        for (int i = 0; i < Content.VALUES - 1; i++) {
            content.ownAnnotation("own" + i, 1L);
        }
        content.annotation("other0", 1L);
        content.annotation("other1", 1L);
        assertThat(content.annotations()).hasSize(2 * Content.VALUES);
        assertThat(content.annotations()).hasSize(2 * Content.VALUES);
        assertThat(content.leftOut()).isOne();
    }

    @Test
    void annotationsOfSeveralThreadsAtOnce_areAllKept() throws InterruptedException {
        Thread another = new Thread(() -> {
            for (int i = 0; i < 400; i++) {
                content.annotation("other" + i, (long) i);
            }
        });
        another.start();
        for (int i = 0; i < 400; i++) {
            content.ownAnnotation("own" + i, (long) i);
            content.annotations();
        }
        another.join();
        assertThat(content.annotations()).hasSize(1_600).doesNotContainNull();
        assertThat(content.leftOut()).isZero();
    }
}
