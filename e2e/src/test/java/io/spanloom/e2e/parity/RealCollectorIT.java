package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.spanloom.e2e.real.Installed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The same through a real collector, which also judges {@link ExporterRules}. */
class RealCollectorIT {

    @Test
    void programsThroughTheCollector_makeTheSameDocumentsAsTheRulesAndAsXRay() throws Exception {
        assumeFalse(
                Installed.collector().isEmpty(),
                () -> "the collector could not be built: " + Installed.collectorAbsent());
        int programs = Integer.getInteger("spanloom.parity.programs", 1_000);
        try (RealCollector collector = RealCollector.start(Path.of(Installed.collector()))) {
            Parity.Report report = Parity.together(1, programs, collector);

            assertThat(report.different()).as(report.toString()).isZero();
            assertThat(collector.differences()).isEmpty();
            assertThat(collector.compared()).isGreaterThan(programs);
        }
    }
}
