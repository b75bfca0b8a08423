package io.spanloom.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void values_becomePlainOnes() {
        assertThat(JsonReader.read(" {\"a\":[1,-2.5,1e3,true,false],\"b\":{},\"c\":[]} "))
                .isEqualTo(Map.of("a", List.of(1L, -2.5, 1000.0, true, false), "b", Map.of(), "c", List.of()));
    }

    @Test
    void nullValue_isNull() {
        assertThat(JsonReader.read("null")).isNull();
    }

    @Test
    void escapes_areRead() {
        assertThat(JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"")).isEqualTo("\"\\/\b\f\n\r\té");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "tru",
                "01",
                "1.",
                "+1",
                "NaN",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\n\"",
                "1 2",
                "'a'"
            })
    void whatIsNotJson_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonReader.read(text));
    }
}
