package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.spi.MemorySpan;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests whose own annotated classes are woven, and whose spans are kept. */
abstract class WovenTest {

    @BeforeAll
    static void weave() {
        Installation installation = Weaver.install();
        assertThat(installation.installed()).as(installation.message()).isTrue();
    }

    @BeforeEach
    void record() {
        backend("memtest");
        RecordingProvider.ENDED.clear();
    }

    @AfterEach
    void nothingLeftCurrent() {
        RecordingProvider.misbehaviour = null;
        assertThat(Tracing.current()).isSameAs(Span.noop());
    }

    static void backend(String name) {
        Tracing.reconfigure(
                TracingConfig.builder().alone().service("test").backend(name).build());
    }

    static List<String> names() {
        return RecordingProvider.ENDED.stream().map(Span::name).toList();
    }

    static MemorySpan only() {
        assertThat(RecordingProvider.ENDED).hasSize(1);
        return RecordingProvider.ENDED.get(0);
    }
}
