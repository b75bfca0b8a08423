package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.HeaderFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PropagationTest {

    private static List<String> asked(HeaderFormat... formats) {
        List<String> asked = new ArrayList<>();
        new Propagation(List.of(formats), List.of()).extract("", (carrier, name) -> {
            asked.add(name);
            return null;
        });
        return asked;
    }

    /** Either reads both, and one word alone writes one form alone. */
    @Test
    void bothFormsOfB3_areReadOnce() {
        assertThat(asked(HeaderFormat.B3, HeaderFormat.B3_MULTI))
                .isEqualTo(asked(HeaderFormat.B3))
                .doesNotHaveDuplicates();
    }

    @Test
    void firstOfTheTwo_keepsItsPlace() {
        assertThat(asked(HeaderFormat.B3_MULTI, HeaderFormat.W3C, HeaderFormat.B3))
                .endsWith("traceparent")
                .doesNotHaveDuplicates();
    }
}
