package io.spanloom.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.Said;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnotationKeysTest {

    @BeforeEach
    @AfterEach
    void forget() {
        AnnotationKeys.forget();
    }

    @Test
    void cleanKey_isTheVeryStringAndNothingIsSaid() throws Exception {
        String key = "user_handle";

        assertThat(Said.by(() -> assertThat(AnnotationKeys.written(key)).isSameAs(key)))
                .isEmpty();
    }

    @Test
    void keyThatXRayRefuses_isWrittenOtherwiseAndSaidOnce() throws Exception {
        String said = Said.by(() -> {
            assertThat(AnnotationKeys.written("user.handle-2")).isEqualTo("user_handle_2");
            assertThat(AnnotationKeys.written("user.handle-2")).isEqualTo("user_handle_2");
        });

        assertThat(said).containsOnlyOnce("TRC-024").contains("'user.handle-2' as user_handle_2");
    }

    @Test
    void twoKeysWrittenAsOne_areSaidOnce() throws Exception {
        String said = Said.by(() -> {
            AnnotationKeys.written("user.id");
            AnnotationKeys.written("user-id");
            AnnotationKeys.written("user.id");
            AnnotationKeys.written("user-id");
        });

        assertThat(said).containsOnlyOnce("TRC-025").contains("'user.id' and 'user-id' as user_id");
    }

    @Test
    void keyWrittenAsOneThatIsUsedAsItIs_isSaid() throws Exception {
        String said = Said.by(() -> {
            AnnotationKeys.written("user_id");
            AnnotationKeys.written("user.id");
            AnnotationKeys.written("user_id");
        });

        assertThat(said).containsOnlyOnce("TRC-025").contains("'user.id' and 'user_id' as user_id");
    }

    @Test
    void whatAMinuteHeldBack_isNamedByTheNextMessage() throws Exception {
        String first = Said.by(() -> {
            AnnotationKeys.written("a.1");
            AnnotationKeys.written("a.2");
            AnnotationKeys.written("a.3");
        });
        assertThat(first).contains("'a.1'").doesNotContain("'a.2'");

        // A new key tries again, whatever the minute.
        assertThat(Said.by(() -> AnnotationKeys.written("a.4")))
                .contains("'a.2' as a_2, 'a.3' as a_3, 'a.4' as a_4")
                .doesNotContain("'a.1'");
    }

    @Test
    void keysMadeOfData_areKnownUpToABoundAndWrittenBeyondIt() throws Exception {
        String said = Said.by(() -> IntStream.range(0, 10_000)
                .forEach(i -> assertThat(AnnotationKeys.written("order." + i)).isEqualTo("order_" + i)));
        assertThat(said).containsOnlyOnce("TRC-024");

        assertThat(Said.by(() -> AnnotationKeys.written("order.10001"))).isEmpty();
    }

    @Test
    void keyWithALineBreak_makesNoLine() throws Exception {
        assertThat(Said.by(() -> AnnotationKeys.written("a\nTRC-666: forged"))).hasLineCount(1);
    }
}
