package io.spanloom.desk.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The table in docs/desk.md says of each operation what is so. */
class OperationsTableTest {

    @Test
    void table_hasEveryOperationAndWhatTheDeskDoes() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("../docs/desk.md")).stream()
                .filter(line -> line.matches("\\| `[A-Z][A-Za-z]+` \\| (real|stored|refused) \\|.*"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> cells[1].trim().replace("`", "") + " " + cells[2].trim())
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Operation.values())
                        .map(o -> o.text() + " " + o.support().name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList());
        assertThat(Operation.values()).hasSize(38);
    }
}
