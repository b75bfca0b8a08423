package io.spanloom.desk.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parser beside one that was made from a grammar: the same expressions mean something, and the same. */
class TwoParsersTest {
    private static final int EACH = 5_000;

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomExpressions_meanTheSameToBoth(long seed) {
        RandomExpressions expressions = new RandomExpressions(new Random(seed));
        int accepted = 0;
        for (int i = 0; i < EACH; i++) {
            accepted += assertAlike(expressions.next()) ? 1 : 0;
        }
        // Enough of both kinds, or the test says nothing.
        assertThat(accepted).isBetween(EACH / 5, EACH * 4 / 5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void brokenExpressions_areRefusedByBothOrMeanTheSame(long seed) {
        RandomExpressions expressions = new RandomExpressions(new Random(~seed));
        int accepted = 0;
        for (int i = 0; i < EACH; i++) {
            accepted += assertAlike(expressions.broken()) ? 1 : 0;
        }
        assertThat(accepted).isBetween(1, EACH / 2);
    }

    private static boolean assertAlike(String expression) {
        String mine = canonical(expression);
        assertThat(mine).as(expression).isEqualTo(SecondParser.parse(expression));
        return mine != null;
    }

    private static @Nullable String canonical(String expression) {
        try {
            return Parser.parse(expression).toString();
        } catch (FilterException e) {
            return null;
        }
    }
}
