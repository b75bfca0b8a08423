package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The documents of both backends are the same, whatever a program does. Another seed, or more of them:
 * {@code e2e/parity --seed S --programs N}.
 */
class ParityTest {

    private static final long SEED = 1;

    @Test
    void programsOnBothBackendsAtOnce_makeTheSameDocuments() throws IOException {
        Parity.Report report = Parity.together(SEED, 600, ToXRay.rules());

        assertThat(report.different()).as(report.toString()).isZero();
        assertThat(report.documents()).isGreaterThan(4_000);
    }

    @Test
    void programsOnOneBackendAfterTheOther_makeTheSameDocuments() throws IOException {
        Parity.Report report = Parity.apart(SEED, 150, ToXRay.rules());

        assertThat(report.different()).as(report.toString()).isZero();
        assertThat(report.documents()).isGreaterThan(1_000);
    }
}
