package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/**
 * {@code StructuredTaskScope} and {@code ScopedValue}, on a JDK that has them: a program of its own, because structured
 * concurrency is a preview feature and our class files are Java 17's.
 */
class StructuredTraceTest {

    @Test
    @EnabledForJreRange(minVersion = 25)
    void forksNestBelowTheOwnersSpan_andNothingIsLeft() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-preview",
                        "--source",
                        Integer.toString(Runtime.version().feature()),
                        "-Dtracing.backend=log",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "src/test/recipes/StructuredTrace.java")
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .contains("ok: forks nest below what is current")
                .contains("ok: a scoped value and the trace go together")
                .contains("ok: the trace travels in a scoped value")
                .contains("ok: the owner's span stays current")
                .contains("ok: nothing is left");
        assertThat(program.exitValue()).isZero();
    }
}
