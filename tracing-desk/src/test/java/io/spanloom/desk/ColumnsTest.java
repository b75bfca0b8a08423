package io.spanloom.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void shortLabels_leaveTheBarItsShare() {
        assertThat(Columns.of(100, 10)).isEqualTo(new Columns(56, 30));
    }

    @Test
    void longLabels_takeFromTheBar() {
        assertThat(Columns.of(100, 66)).isEqualTo(new Columns(66, 20));
    }

    @Test
    void longestLabels_leaveTheBarTheLeastThatCanBeRead() {
        assertThat(Columns.of(100, 500)).isEqualTo(new Columns(71, 15));
    }
}
