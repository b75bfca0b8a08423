package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class PairsTest {

    private Object[] pairs = Pairs.NONE;

    private void put(String key, Object value) {
        pairs = Objects.requireNonNull(Pairs.put(pairs, key, value));
    }

    @Test
    void pairs_areReadInTheirOrder() {
        put("a", 1L);
        put("b", "two");
        put("c", true);
        assertThat(Pairs.copy(pairs)).containsExactly("a", 1L, "b", "two", "c", true);
    }

    @Test
    void sameKey_takesTheLaterValue() {
        put("a", 1L);
        put("b", 2L);
        put("a", 3L);
        assertThat(Pairs.copy(pairs)).containsExactly("a", 3L, "b", 2L);
    }

    @Test
    void noPairs_areAnEmptyArrayThatIsNeverWrittenTo() {
        put("a", 1L);
        assertThat(Pairs.copy(Pairs.NONE)).isEmpty();
    }

    @Test
    void moreThanThereIsRoomFor_isRefused_andWhatIsKeptTakesNewValues() {
        for (int i = 0; i < 32; i++) {
            put("key" + i, i);
        }
        assertThat(Pairs.put(pairs, "one more", 1L)).isNull();
        put("key31", "new");
        assertThat(Pairs.copy(pairs)).hasSize(64).endsWith("key31", "new").doesNotContainNull();
    }
}
