package io.spanloom.e2e.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same through a real collector, which also judges {@link ExporterRules}:
 * {@code mvn verify -Dspanloom.collector="$(e2e/real/collector)"}.
 */
@EnabledIfSystemProperty(named = "spanloom.collector", matches = ".+")
class RealCollectorTest {

    @Test
    void programsThroughTheCollector_makeTheSameDocumentsAsTheRulesAndAsXRay() throws Exception {
        int programs = Integer.getInteger("spanloom.parity.programs", 1_000);
        try (RealCollector collector = RealCollector.start(Path.of(System.getProperty("spanloom.collector")))) {
            Parity.Report report = Parity.together(1, programs, collector);

            assertThat(report.different()).as(report.toString()).isZero();
            assertThat(collector.differences()).isEmpty();
            assertThat(collector.compared()).isGreaterThan(programs);
        }
    }
}
