package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.spanloom.spi.BackendStats;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountedExporterTest {

    private final Deliveries deliveries = new Deliveries(10);
    private final List<Throwable> said = new ArrayList<>();
    private final CompletableResultCode answer = new CompletableResultCode();

    private void exportOne() {
        assertThat(deliveries.admit()).isTrue();
        new CountedExporter(new Answering(), deliveries, said::add).export(List.of(span()));
    }

    private static SpanData span() {
        return TestSpanData.builder()
                .setName("work")
                .setKind(io.opentelemetry.api.trace.SpanKind.INTERNAL)
                .setStatus(StatusData.unset())
                .setStartEpochNanos(1)
                .setEndEpochNanos(2)
                .setHasEnded(true)
                .build();
    }

    @Test
    void whileTheExporterHasNotAnswered_theSpanIsQueued() {
        exportOne();

        assertThat(deliveries.stats()).isEqualTo(new BackendStats(1, 0, Map.of(), 1));
    }

    @Test
    void failure_isCountedAndItsReasonPassedOn() {
        IllegalStateException reason = new IllegalStateException();
        exportOne();
        answer.failExceptionally(reason);

        assertThat(deliveries.stats()).isEqualTo(new BackendStats(1, 0, Map.of("export-failed", 1L), 0));
        assertThat(said).containsExactly(reason);
    }

    @Test
    void answerAfterTheClose_isNotCountedTwice() {
        exportOne();
        deliveries.close();
        answer.succeed();

        assertThat(deliveries.stats()).isEqualTo(new BackendStats(1, 0, Map.of("closed", 1L), 0));
    }

    @Test
    void exporterThatThrows_isAFailure() {
        assertThat(deliveries.admit()).isTrue();
        SpanExporter broken = new Answering() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
                throw new IllegalArgumentException();
            }
        };
        new CountedExporter(broken, deliveries, said::add).export(List.of(span()));

        assertThat(deliveries.stats().dropped()).containsEntry("export-failed", 1L);
        assertThat(said).hasSize(1);
    }

    private class Answering implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return answer;
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
