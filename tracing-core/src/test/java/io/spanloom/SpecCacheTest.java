package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpecCacheTest {

    private final SpecCache specs = new SpecCache(SpanSpec.Placement.SPAN, SpanKind.INTERNAL);

    @Test
    void nameOfAProgram_isDescribedOnce() {
        assertThat(specs.named("charge")).isSameAs(specs.named("charge"));
    }

    @Test
    void nameLongerThanWhatIsKeptOfIt_isNotHeld() {
        String name = "a".repeat(1_000);

        assertThat(specs.named(name)).isNotSameAs(specs.named(name));
    }
}
