package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendStatsTest {

    @Test
    void sumOfTwo_keepsTheReasonsApart() {
        BackendStats sum = new BackendStats(10, 5, Map.of("queue full", 2L, "refused", 1L), 2)
                .plus(new BackendStats(4, 2, Map.of("queue full", 1L), 1));

        assertThat(sum).isEqualTo(new BackendStats(14, 7, Map.of("queue full", 3L, "refused", 1L), 3));
        assertThat(sum.droppedTotal()).isEqualTo(4);
    }
}
