package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class AwsTest {

    private static final int CHARS = 2_048;

    @Test
    void longTexts_areCut() {
        String tooLong = "t".repeat(CHARS + 1);

        Aws aws = Aws.call("DynamoDb", "GetItem").table(tooLong).with(tooLong, tooLong);

        assertThat(aws.tables()).containsExactly("t".repeat(CHARS));
        assertThat(aws.further()).containsExactly(entry("t".repeat(CHARS), "t".repeat(CHARS)));
    }

    @Test
    void oneTableTooMany_isLeftOutAndSoIsOneValue() {
        Aws aws = Aws.call("DynamoDb", "BatchGetItem");
        for (int i = 0; i <= 100; i++) {
            aws = aws.table("table-" + i).with("aws.value." + i, i);
        }

        assertThat(aws.tables()).hasSize(100).doesNotContain("table-100");
        assertThat(aws.further())
                .hasSize(100)
                .containsEntry("aws.value.99", 99L)
                .doesNotContainKey("aws.value.100");
    }
}
