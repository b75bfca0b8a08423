package io.spanloom.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Scope;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** With no slf4j provider on the class path, as in these tests. */
class LogBackendTest {

    private static String printed(Runnable traced) {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        TracingConfig config =
                TracingConfig.builder().alone().backend("log").service("shop").build();
        try (Scope scope = Tracing.override(config)) {
            traced.run();
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void trace_isPrintedOnceItsRootHasEnded() {
        assertThat(printed(() -> Tracing.run("checkout", root -> Tracing.run("charge", child -> {}))))
                .matches("(?s)trace 1-[0-9a-f]{8}-[0-9a-f]{24}  shop  \\d+\\.\\d ms\\R"
                        + "checkout  \\d+\\.\\d ms\\R└─ charge  \\d+\\.\\d ms\\R");
    }

    @Test
    void openTrace_isNotPrinted() {
        assertThat(printed(() -> {
                    Span root = Tracing.span("checkout");
                    Tracing.run("charge", child -> {});
                    root.detach();
                }))
                .isEmpty();
    }

    @Test
    void childThatEndsLate_isPrintedByItself() {
        assertThat(printed(() -> {
                    Span root = Tracing.span("checkout");
                    Span late = Tracing.span("charge").detach();
                    root.close();
                    late.close();
                }))
                .contains("shop  (ended after its root)")
                .containsSubsequence("charge  (not ended)", "charge  ");
    }
}
