package io.spanloom.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanSizeTest {

    private final SpanSize size = new SpanSize();

    @Test
    void littleContent_fits() {
        size.annotation("k", 1L);
        size.metadata("work", "k", "1");

        assertThat(size.shedsMetadata()).isFalse();
        assertThat(size.shedsFrames()).isFalse();
    }

    @Test
    void muchMetadata_isShedAlone() {
        size.metadata("work", "k", "\"" + "\u540d".repeat(21_000) + "\"");

        assertThat(size.shedsMetadata()).isTrue();
        assertThat(size.shedsFrames()).isFalse();
    }

    @Test
    void manyFrames_areShedToo() {
        StackTraceElement[] frames = new StackTraceElement[50];
        Arrays.fill(frames, new StackTraceElement("app." + "X".repeat(200), "find", "Shop.java", 1));
        for (int i = 0; i < 5; i++) {
            size.exception(List.of(new ThrownException("app.Failed", "x", List.of(frames), 0)));
        }

        assertThat(size.shedsFrames()).isTrue();
    }
}
