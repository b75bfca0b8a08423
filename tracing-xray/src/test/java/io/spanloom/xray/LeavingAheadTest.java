package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Subsegment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is begun below a span that is just leaving, or has left. */
class LeavingAheadTest extends InMemory {

    @Test
    void spansBegunOnOtherThreadsWhileTheirParentsLeave_allArriveOnce() throws Exception {
        start(new Exporter.Limits(1_000_000, Integer.MAX_VALUE, false), false);
        int threads = 4;
        AtomicInteger begun = new AtomicInteger(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Span root = Tracing.span("root")) {
            TraceContext context = Tracing.capture();
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                all.add(pool.submit(() -> context.run(() -> {
                    for (int i = 0; i < 3_000; i++) {
                        Span parent = Tracing.span("parent");
                        TraceContext below = Tracing.capture();
                        parent.close(); // from here on it may leave
                        below.run(() -> Tracing.run(
                                "child", child -> Tracing.span("lower").close()));
                        begun.addAndGet(3);
                    }
                })));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(allOnce()).hasSize(begun.get());
    }

    @Test
    void spanBegunAfterItsSegmentsEndAndNeverEnded_isSentMarked() {
        Span root = Tracing.span("root");
        TraceContext context = Tracing.capture();
        root.close();
        context.run(() -> {
            Tracing.span("forgotten").detach();
            Tracing.span("ended").close();
        });

        List<ObjectNode> all = allOnce();
        assertThat(all).hasSize(3);
        assertThat(named("forgotten").at("/metadata/spanloom/unfinished").asBoolean())
                .isTrue();
        assertThat(named("ended").at("/metadata/spanloom").isMissingNode()).isTrue();
    }

    @Test
    void spanBegunBelowSuchASpan_isSentMarked() {
        Span root = Tracing.span("root");
        TraceContext context = Tracing.capture();
        root.close();
        context.run(() -> {
            Span outer = Tracing.span("outer");
            Tracing.span("inner").detach();
            outer.detach();
        });

        assertThat(allOnce()).hasSize(3);
    }

    @Test
    void spanMarkedAsUnfinishedThatEndsAfterAll_isSentAgainAndLast() {
        Span root = Tracing.span("root");
        Span late = Tracing.span("late").detach();
        root.close();
        assertThat(Tracing.flush(DEADLINE)).isTrue();
        late.annotation("k", "v").close();
        assertThat(Tracing.flush(DEADLINE)).isTrue();

        List<ObjectNode> sent = sink.flat().stream()
                .filter(document -> document.get("name").asText().equals("late"))
                .toList();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).at("/metadata/spanloom/unfinished").asBoolean()).isTrue();
        assertThat(sent.get(1).at("/metadata/spanloom").isMissingNode()).isTrue();
        assertThat(sent.get(1).at("/annotations/k").asText()).isEqualTo("v");
    }

    @Test
    void sdksSubsegmentBegunBelowOneThatHasLeft_arrives() {
        Span root = Tracing.span("root");
        Subsegment theirs = AWSXRay.beginSubsegment("theirs");
        Entity context = AWSXRay.getTraceEntity();
        AWSXRay.endSubsegment();
        root.close();
        assertThat(Tracing.flush(DEADLINE)).isTrue();
        AWSXRay.setTraceEntity(context);
        AWSXRay.createSubsegment("late", () -> {});
        AWSXRay.clearTraceEntity();

        List<ObjectNode> all = allOnce();
        assertThat(all).hasSize(3);
        assertThat(named("late").get("parent_id").asText()).isEqualTo(theirs.getId());
    }

    @Test
    void moreUnfinishedSpansThanTheQueueHolds_allArrive() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 3_000; i++) {
                Tracing.span("forgotten").detach();
            }
        }

        assertThat(allOnce()).hasSize(3_001);
    }
}
