package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Subsegment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.TraceContext;
import io.spanloom.Tracing;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is still open when its segment ends. */
class LateEndTest extends AtTheDaemon {

    @Test
    void spanThatNeverEnds_isSentMarkedAndDoesNotHoldItsTrace() {
        try (Span root = Tracing.span("root")) {
            Span forgotten = Tracing.span("forgotten").detach();
            forgotten.annotation("k", "v").metadata("spanloom", "of the user", 1);
        }

        List<ObjectNode> documents = documents(2);
        ObjectNode root = LocalDaemon.named(documents, "root");
        ObjectNode forgotten = LocalDaemon.named(documents, "forgotten");
        assertThat(forgotten.get("type").asText()).isEqualTo("subsegment");
        assertThat(forgotten.get("parent_id")).isEqualTo(root.get("id"));
        assertThat(forgotten.get("trace_id")).isEqualTo(root.get("trace_id"));
        assertThat(forgotten.at("/metadata/spanloom/unfinished").asBoolean()).isTrue();
        assertThat(forgotten.at("/metadata/spanloom/of the user").asInt()).isEqualTo(1);
        assertThat(forgotten.at("/annotations/k").asText()).isEqualTo("v");
        assertThat(forgotten.get("end_time")).isEqualTo(root.get("end_time"));
    }

    @Test
    void nobodyFlushes_theUnfinishedSpanComesByItself() {
        try (Span root = Tracing.span("root")) {
            Tracing.span("forgotten").detach();
        }

        assertThat(daemon.await(2)).hasSize(2);
    }

    @Test
    void spanThatEndsSoonAfterItsRoot_isSentOnceAndWhole() {
        Span root = Tracing.span("root");
        Span late = Tracing.span("late").detach();
        root.close();
        late.annotation("k", "v").close();

        List<ObjectNode> documents = documents(2);
        assertThat(documents).hasSize(2);
        ObjectNode document = LocalDaemon.named(documents, "late");
        assertThat(document.at("/metadata/spanloom/unfinished").isMissingNode()).isTrue();
        assertThat(document.at("/annotations/k").asText()).isEqualTo("v");
        assertThat(document.get("end_time").asDouble())
                .isGreaterThan(
                        LocalDaemon.named(documents, "root").get("end_time").asDouble());
    }

    @Test
    void whatEndedBelowAnOpenSpan_isSentAlone() {
        Span root = Tracing.span("root");
        Span open = Tracing.span("open");
        Tracing.span("ended").close();
        open.detach();
        root.close();
        open.close();

        List<ObjectNode> documents = documents(3);
        assertThat(documents).hasSize(3);
        assertThat(LocalDaemon.named(documents, "ended").get("parent_id"))
                .isEqualTo(LocalDaemon.named(documents, "open").get("id"));
    }

    @Test
    void begunBelowWhatLeftAheadOfItsSegment_arrivesOnceWithAllBelowIt() throws Exception {
        Span root = Tracing.span("root");
        Span gone = Tracing.span("gone");
        TraceContext below = Tracing.capture();
        gone.close();
        for (int i = 0; i < SegmentSpan.HELD / 10; i++) { // so many that those that are complete leave
            Tracing.run(
                    "filler",
                    filler -> IntStream.range(0, 10)
                            .forEach(one -> Tracing.span("filler").close()));
        }
        elsewhere(() -> below.call(() -> {
            Tracing.run("late", late -> Tracing.run("lower", lower -> {}));
            Tracing.span("forgotten").detach();
            return true;
        }));
        root.close();

        keepUp();
        List<ObjectNode> flat = LocalDaemon.flat(daemon.documents());
        assertThat(flat)
                .filteredOn(document -> !document.get("name").asText().equals("filler"))
                .extracting(document -> document.get("name").asText())
                .containsExactlyInAnyOrder("root", "gone", "late", "lower", "forgotten");
        ObjectNode late = LocalDaemon.named(daemon.documents(), "late");
        assertThat(late.get("parent_id"))
                .isEqualTo(LocalDaemon.named(daemon.documents(), "gone").get("id"));
        assertThat(LocalDaemon.named(daemon.documents(), "lower").get("parent_id"))
                .isEqualTo(late.get("id"));
        assertThat(LocalDaemon.named(daemon.documents(), "forgotten")
                        .at("/metadata/spanloom/unfinished")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void sdksSubsegmentThatEndsOnAnotherThreadAfterItsRoot_arrivesOnceWithItsOwnEnd() throws Exception {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        Span root = Tracing.span("root");
        Subsegment theirs = AWSXRay.beginSubsegment("theirs");
        root.close();
        assertThat(AWSXRay.getTraceEntity()).isNull();
        elsewhere(() -> {
            recorder.endSubsegment(theirs);
            assertThat(AWSXRay.getTraceEntity()).isNull();
            return true;
        });

        List<ObjectNode> documents = documents(2);
        assertThat(documents).hasSize(2);
        ObjectNode document = LocalDaemon.named(documents, "theirs");
        assertThat(document.get("type").asText()).isEqualTo("subsegment");
        assertThat(document.get("parent_id"))
                .isEqualTo(LocalDaemon.named(documents, "root").get("id"));
        assertThat(document.at("/metadata/spanloom/unfinished").isMissingNode()).isTrue();
        assertThat(document.has("in_progress")).isFalse();
    }

    @Test
    void sdksSubsegmentBegunUnderAnEndedRoot_arrivesSampled() {
        Span root = Tracing.span("root");
        Object entity = AWSXRay.getTraceEntity();
        root.close();
        AWSXRay.setTraceEntity((com.amazonaws.xray.entities.Entity) entity);
        Subsegment late = AWSXRay.beginSubsegment("late");
        assertThat(late.isSampled()).isTrue();
        AWSXRay.endSubsegment();
        AWSXRay.clearTraceEntity();

        assertThat(documents(2)).hasSize(2);
        assertThat(named("late").get("parent_id")).isEqualTo(named("root").get("id"));
    }

    @Test
    void manyEndedSpansUnderAnOpenRoot_leaveAheadOfItAndAllArriveOnce() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 1_200; i++) {
                Tracing.run(
                        "child " + i, child -> AWSXRay.createSubsegment("theirs", () -> Tracing.run("below", b -> {})));
                if (i % 100 == 0) {
                    keepUp();
                }
            }
            assertThat(Tracing.flush(DEADLINE)).isTrue();
            assertThat(Tracing.stats().delivered()).isGreaterThan(1_000);
        }

        List<ObjectNode> flat = LocalDaemon.flat(documents((int) Tracing.stats().delivered()));
        assertThat(flat).hasSize(3_601);
        assertThat(flat.stream().map(document -> document.get("id").asText()).distinct())
                .hasSize(3_601);
    }
}
