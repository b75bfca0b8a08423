package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who sends, and what of the SDK's. */
class SendingTest extends InMemory {

    @Test
    void synchronous_isSentWhenTheSpanHasEndedAndNeedsNoThread() {
        start(new Exporter.Limits(2_048, 8 * 1024 * 1024, true), false);
        Span late;
        try (Span root = Tracing.span("root")) {
            late = Tracing.span("late").detach();
        }

        assertThat(sink.documents()).hasSize(2); // the other one marked: nobody would send it later
        late.close();
        assertThat(sink.documents()).hasSize(3);
        assertThat(Tracing.stats().queued()).isZero();
        assertThat(sink.senders()).containsExactly(Thread.currentThread());
    }

    @Test
    void adoptedEmitter_sendsWhatTheSdkOpenedWithOursInside() {
        start(Exporter.Limits.DEFAULT, true);
        AWSXRay.beginSegment("sdk");
        Tracing.run("ours", ours -> AWSXRay.createSubsegment("theirs", () -> {}));
        AWSXRay.endSegment();

        List<ObjectNode> all = allOnce();
        assertThat(all).hasSize(3);
        assertThat(sink.documents()).hasSize(1);
        assertThat(Tracing.stats().delivered()).isOne();
    }

    @Test
    void adoptedEmitter_splitsWhatTheSdkWouldDrop() {
        start(Exporter.Limits.DEFAULT, true);
        AWSXRay.beginSegment("sdk");
        AWSXRay.createSubsegment(
                "outer",
                () -> AWSXRay.createSubsegment("inner", inner -> {
                    inner.putMetadata("fill", "x".repeat(100_000));
                    Tracing.span("ours").close();
                }));
        AWSXRay.endSegment();

        assertThat(allOnce()).hasSize(4);
        assertThat(named("inner").at("/metadata/spanloom/shed").isTextual()).isTrue();
    }

    @Test
    void adoptedEmitter_streamsManyOfTheSdks() {
        start(Exporter.Limits.DEFAULT, true);
        AWSXRay.beginSegment("sdk");
        for (int i = 0; i < 300; i++) {
            AWSXRay.createSubsegment("theirs", () -> Tracing.span("ours").close());
        }
        AWSXRay.endSegment();

        assertThat(allOnce()).hasSize(601);
    }

    @Test
    void bySdk_subsegmentThatLeaks_suppressesItsSegmentAndOursInIt() {
        AWSXRay.beginSegment("sdk");
        Tracing.span("ours").close();
        AWSXRay.beginSubsegment("leaked");
        AWSXRay.endSegment();

        assertThat(allOnce()).isEmpty();
    }

    @Test
    void adoptedEmitter_sendsASegmentWhoseSubsegmentLeaksWithThatMarked() {
        start(Exporter.Limits.DEFAULT, true);
        AWSXRay.beginSegment("sdk");
        Tracing.span("ours").close();
        Subsegment leaked = AWSXRay.beginSubsegment("leaked");
        AWSXRay.endSegment();

        assertThat(allOnce()).hasSize(3);
        assertThat(sink.documents()).hasSize(1);
        assertThat(named("leaked").at("/metadata/spanloom/unfinished").asBoolean())
                .isTrue();
        assertThat(named("leaked").get("end_time")).isEqualTo(named("sdk").get("end_time"));

        AWSXRay.getGlobalRecorder().endSubsegment(leaked);
        assertThat(allOnce()).as("nothing twice").hasSize(3);
    }

    @Test
    void adoptedEmitter_segmentWhoseSubsegmentEndsALittleLater_isSentOnceAndWhole() {
        start(Exporter.Limits.DEFAULT, true);
        AWSXRay.beginSegment("sdk");
        Subsegment late = AWSXRay.beginSubsegment("late");
        AWSXRay.endSegment();
        AWSXRay.getGlobalRecorder().endSubsegment(late);

        assertThat(allOnce()).hasSize(2);
        assertThat(named("late").at("/metadata").isMissingNode()).isTrue();
    }

    @Test
    void adoptedEmitter_subsegmentBegunAndEndedBelowAMarkedOne_arrives() {
        start(Exporter.Limits.DEFAULT, true);
        AWSXRay.beginSegment("sdk");
        Subsegment leaked = AWSXRay.beginSubsegment("leaked");
        AWSXRay.endSegment();
        assertThat(allOnce()).hasSize(2);

        AWSXRay.setTraceEntity(leaked);
        AWSXRay.createSubsegment("later", () -> {});
        AWSXRay.clearTraceEntity();
        AWSXRay.getGlobalRecorder().endSubsegment(leaked);
        assertThat(allOnce()).hasSize(3);
        assertThat(named("later").get("parent_id").asText()).isEqualTo(leaked.getId());
    }

    @Test
    void adoptedTwice_theRecorderHasOneListenerOfOurs() {
        start(Exporter.Limits.DEFAULT, true);
        start(Exporter.Limits.DEFAULT, true);
        assertThat(AWSXRay.getGlobalRecorder().getSegmentListeners()).hasSize(1);

        AWSXRay.beginSegment("sdk");
        AWSXRay.beginSubsegment("leaked");
        AWSXRay.endSegment();
        assertThat(allOnce()).hasSize(2);
    }

    @Test
    void adoptedEmitter_isGivenBackAtShutdown() {
        Object before = AWSXRay.getGlobalRecorder().getEmitter();
        start(Exporter.Limits.DEFAULT, true);
        assertThat(AWSXRay.getGlobalRecorder().getEmitter()).isNotSameAs(before);
        Tracing.shutdown();

        assertThat(AWSXRay.getGlobalRecorder().getEmitter()).isSameAs(before);
    }

    @Test
    void queued_noThreadOfTheApplicationSends() {
        for (int i = 0; i < 100; i++) {
            Tracing.run("root", root -> Tracing.span("child").close());
        }

        assertThat(allOnce()).hasSize(200);
        assertThat(sink.senders()).extracting(Thread::getName).containsExactly("spanloom-xray");
    }
}
