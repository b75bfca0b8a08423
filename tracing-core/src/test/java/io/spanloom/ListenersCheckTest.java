package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.spanloom.Diagnosis.Finding;
import io.spanloom.Diagnosis.Level;
import io.spanloom.spi.BackendStats;
import io.spanloom.spi.SpanListener;
import io.spanloom.spi.SpanView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the doctor says of those that hear of spans. */
class ListenersCheckTest {

    private final InMemory memory = new InMemory();

    @AfterEach
    void close() {
        memory.close();
    }

    /** One that counts what it was told. */
    private static class Delivering implements SpanListener {
        private final BackendStats stats;

        Delivering(BackendStats stats) {
            this.stats = stats;
        }

        @Override
        public String name() {
            return "pager";
        }

        @Override
        public BackendStats stats() {
            return stats;
        }
    }

    private static List<Finding> ofListeners() {
        return Tracing.doctor().findings().stream()
                .filter(finding -> finding.topic().equals("listeners"))
                .toList();
    }

    @Test
    void nobodyListens_isSaid() {
        assertThat(ofListeners()).extracting(Finding::level, Finding::text).containsExactly(tuple(Level.OK, "none"));
    }

    @Test
    void listenerThatDeliversNothing_isNamed() {
        try (Scope listening = SpanListeners.add(new Delivering(BackendStats.NONE))) {
            assertThat(ofListeners())
                    .extracting(Finding::level, Finding::text)
                    .containsExactly(tuple(Level.OK, "pager listens"));
        }
    }

    @Test
    void listenerThatDelivers_isNamedWithItsCounts() {
        try (Scope listening = SpanListeners.add(new Delivering(new BackendStats(7, 5, Map.of(), 2)))) {
            assertThat(ofListeners())
                    .extracting(Finding::level, Finding::text)
                    .containsExactly(tuple(Level.OK, "pager: 7 offered, 5 delivered, 2 queued, none dropped"));
        }
    }

    @Test
    void listenerThatDropped_isAProblemWithTheReasons() {
        try (Scope listening = SpanListeners.add(new Delivering(new BackendStats(7, 4, Map.of("queue full", 3L), 0)))) {
            assertThat(ofListeners()).singleElement().satisfies(finding -> {
                assertThat(finding.level()).isEqualTo(Level.PROBLEM);
                assertThat(finding.code()).isEqualTo("TRC-049");
                assertThat(finding.text())
                        .isEqualTo("pager: 7 offered, 4 delivered, 0 queued, dropped: {queue full=3}");
                assertThat(finding.cure()).contains("each reason was said");
            });
        }
    }

    @Test
    void listenerThatThrew_isAProblemWithTheMessageThatSaysWhat() {
        SpanListener hostile = new Delivering(BackendStats.NONE) {
            @Override
            public void onEnd(SpanView span) {
                throw new IllegalStateException("no ends");
            }
        };
        try (Scope listening = SpanListeners.add(hostile)) {
            Tracing.run("work", span -> {});

            Diagnosis diagnosis = Tracing.doctor();
            assertThat(diagnosis.toString())
                    .contains(
                            "\nlisteners\n  PROBLEM  TRC-049 pager: 1 offered, 0 delivered, 0 queued,"
                                    + " dropped: {listener threw=1}\n           cure: what it threw is in the message of TRC-027")
                    .contains("PROBLEM  TRC-027 the listener pager threw");
            assertThat(diagnosis.toJson())
                    .contains(
                            "{\"level\":\"problem\",\"topic\":\"listeners\",\"code\":\"TRC-049\",\"text\":\"pager: 1");
        }
    }

    @Test
    void listenerThatCannotCount_isAProblemAndNoOther() {
        SpanListener broken = new Delivering(BackendStats.NONE) {
            @Override
            public BackendStats stats() {
                throw new IllegalStateException("no figures");
            }
        };
        try (Scope listening = SpanListeners.add(broken)) {
            assertThat(ofListeners()).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo("TRC-049");
                assertThat(finding.text()).startsWith("pager does not say what became of what it was told");
                assertThat(finding.cure()).contains("TRC-021");
            });
        }
    }

    @Test
    void listenerThatDoesNotComeBack_isAProblem() {
        CountDownLatch over = new CountDownLatch(1);
        SpanListener stuck = new Delivering(BackendStats.NONE) {
            @Override
            public BackendStats stats() {
                while (over.getCount() > 0) {
                    try {
                        over.await();
                    } catch (InterruptedException deaf) {
                        // it goes on waiting
                    }
                }
                return BackendStats.NONE;
            }
        };
        try (Scope listening = SpanListeners.add(stuck)) {
            assertThat(ofListeners()).singleElement().satisfies(finding -> {
                assertThat(finding.level()).isEqualTo(Level.PROBLEM);
                assertThat(finding.text()).startsWith("pager does not say what became of what it was told");
                assertThat(finding.cure()).contains("TRC-026");
            });
        } finally {
            over.countDown();
        }
    }

    @Test
    void tracingIsOff_nobodyIsToldSoNobodyIsNamed() {
        Tracing.reconfigure(TracingConfig.builder().alone().backend("none").build());

        assertThat(ofListeners()).isEmpty();
    }
}
