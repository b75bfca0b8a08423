package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnnotationScanTest {

    private static boolean hits(String text) {
        return AnnotationScan.hits(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void descriptorAnywhere_isFound() {
        for (int before = 0; before < 60; before++) {
            assertThat(hits("L".repeat(before) + "Lio/spanloom/annotation/Traced;"))
                    .isTrue();
            assertThat(hits(" ".repeat(before) + AnnotationScan.PREFIX)).isTrue();
        }
    }

    @Test
    void descriptorThatIsNotWhole_isNotFound() {
        assertThat(hits("")).isFalse();
        assertThat(hits("Lio/spanloom/annotation")).isFalse();
        assertThat(hits("Lio/spanloom/annotatiom/Traced;Lio/spanloom/annotation"))
                .isFalse();
        assertThat(hits("io/spanloom/annotation/Traced")).isFalse();
    }
}
