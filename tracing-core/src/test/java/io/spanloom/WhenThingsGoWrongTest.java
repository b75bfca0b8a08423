package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/when-things-go-wrong.md shows of headers is what is said, word by word. */
class WhenThingsGoWrongTest {

    @AfterEach
    void off() {
        Tracing.shutdown();
    }

    private static void assertIsDocumented(String name, String header) throws Exception {
        Tracing.reconfigure(TracingConfig.builder().alone().backend("log").build());
        String said = Said.by(
                () -> Tracing.segment("request", Map.of(name, header), Map::get).close());

        String line = said.lines()
                .filter(each -> each.contains("TRC-030"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(Path.of("../docs/when-things-go-wrong.md")))
                .contains("`" + line.replaceFirst("^spanloom ", "").replaceFirst(" - see docs/.*", "") + "`");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Amzn-Trace-Id, Root=1-5759e988;Parent=53995c3f42cd8ad8;Sampled=1",
        "traceparent, 00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
    })
    void malformedHeader_isDocumented(String name, String header) throws Exception {
        assertIsDocumented(name, header);
    }

    @Test
    void headerOfAMegabyte_isDocumented() throws Exception {
        assertIsDocumented("X-Amzn-Trace-Id", "Root=" + "x".repeat(1 << 20));
    }

    @Test
    void headerWithLineEnds_isDocumented() throws Exception {
        assertIsDocumented("X-Amzn-Trace-Id", "Root=1\r\nSet-Cookie: x");
    }
}
