package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.e2e.parity.Step.Detach;
import io.spanloom.e2e.parity.Step.User;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    @Test
    void stepsThatDoNotMatter_areLeftOut() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            steps.add(new Detach(i));
        }
        steps.set(7, new User(7, "a"));
        steps.set(41, new User(41, "b"));

        Program least = Shrinker.shrink(
                new Program(1, steps),
                fewer -> fewer.steps().contains(new User(7, "a"))
                        && fewer.steps().contains(new User(41, "b")));

        assertThat(least.steps()).containsExactly(new User(7, "a"), new User(41, "b"));
    }

    @Test
    void programOfASeed_isAlwaysTheSame() {
        assertThat(Generator.program(42).toString())
                .isEqualTo(Generator.program(42).toString());
        assertThat(Generator.program(42).toString())
                .isNotEqualTo(Generator.program(43).toString());
    }
}
