package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import org.junit.jupiter.api.Test;

class EventAttributesTest {

    @Test
    void plainValues_keepTheirTypes() {
        assertThat(EventAttributes.of(
                        "{\"t\":\"a\\n\\u00e9\\\"\",\"l\":-7,\"d\":0.5,\"e\":1E+3,\"b\":false,\"n\":null}"))
                .isEqualTo(Attributes.builder()
                        .put("t", "a\n\u00e9\"")
                        .put("l", -7L)
                        .put("d", 0.5)
                        .put("e", 1000.0)
                        .put("b", false)
                        .build());
    }

    @Test
    void deeperValues_areTheirJson() {
        assertThat(EventAttributes.of("{\"o\":{\"a\":[1,\"},\"]},\"x\":1}"))
                .isEqualTo(Attributes.builder()
                        .put("o", "{\"a\":[1,\"},\"]}")
                        .put("x", 1L)
                        .build());
    }

    @Test
    void messageType_isRenamedBecauseTheExporterReadsIt() {
        assertThat(EventAttributes.of("{\"message.type\":\"RECEIVED\"}"))
                .isEqualTo(Attributes.builder().put("message_type", "RECEIVED").build());
    }

    @Test
    void noAttributes_areEmpty() {
        assertThat(EventAttributes.of(null)).isEqualTo(Attributes.empty());
        assertThat(EventAttributes.of("{}")).isEqualTo(Attributes.empty());
    }
}
