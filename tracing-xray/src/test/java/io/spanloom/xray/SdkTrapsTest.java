package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceHeader;
import com.amazonaws.xray.strategy.DefaultStreamingStrategy;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong with the SDK (2.21.0) by hand, each followed by the same through Spanloom. The first of a pair tells
 * when a later SDK has mended it. Two of the ten need JVMs of their own: {@link LambdaContextTest}, {@link MainExitTest}.
 */
class SdkTrapsTest extends AtTheDaemon {

    @Override
    AWSXRayRecorder recorder() throws IOException {
        AWSXRayRecorder recorder = super.recorder();
        recorder.setStreamingStrategy(new DefaultStreamingStrategy(1));
        return recorder;
    }

    @Test
    void bySdk_oneSubsegmentThatNeverEnds_suppressesTheTrace() {
        AWSXRay.getGlobalRecorder().setStreamingStrategy(new DefaultStreamingStrategy(100));
        Segment segment = AWSXRay.beginSegment("root");
        AWSXRay.beginSubsegment("forgotten");
        AWSXRay.endSegment();

        assertThat(segment.isEmitted()).isFalse();
        assertThat(segment.getReferenceCount()).isEqualTo(1);
        assertThat(daemon.datagrams()).isEmpty();
    }

    @Test
    void bySpanloom_oneSpanThatNeverEnds_doesNotSuppressTheTrace() {
        try (Span root = Tracing.span("root")) {
            Tracing.span("forgotten");
        }

        assertThat(LocalDaemon.flat(documents(2))).hasSize(2);
    }

    @Test
    void bySdk_closeOfASubsegment_endsWhateverIsCurrent() {
        AWSXRay.beginSegment("root");
        Subsegment first = AWSXRay.beginSubsegment("first");
        Subsegment second = AWSXRay.beginSubsegment("second");
        first.close();

        assertThat(second.isInProgress()).isFalse();
        assertThat(first.isInProgress()).isTrue();
        AWSXRay.endSegment();
    }

    @Test
    void bySpanloom_closeOfASpan_endsThatSpan() {
        try (Span root = Tracing.span("root")) {
            Span first = Tracing.span("first");
            Span second = Tracing.span("second");
            first.close();

            assertThat(second.isEnded()).isFalse();
            assertThat(first.isEnded()).isTrue();
            second.close();
        }
    }

    @Test
    void bySdk_lateSubsegments_sendTheSegmentAgainAndPoisonTheThread() throws Exception {
        AWSXRayRecorder recorder = AWSXRay.getGlobalRecorder();
        recorder.setStreamingStrategy(new DefaultStreamingStrategy(100));
        AWSXRay.beginSegment("root");
        Entity root = AWSXRay.getTraceEntity();
        AWSXRay.endSegment();
        int sent = daemon.await(1).size();
        elsewhere(() -> {
            for (int i = 0; i < 3; i++) {
                recorder.setTraceEntity(root);
                recorder.beginSubsegment("late");
                recorder.endSubsegment();
                assertThat(recorder.getTraceEntity().isInProgress()).isFalse();
                assertThat(recorder.getTraceEntity().getName()).isEqualTo("late");
            }
            return true;
        });

        assertThat(daemon.await(sent + 3))
                .filteredOn(document -> document.get("name").asText().equals("root"))
                .hasSize(4);
    }

    @Test
    void bySpanloom_lateSpans_arriveOnceAndLeaveTheThreadClean() throws Exception {
        Span root = Tracing.span("root");
        Runnable late = Tracing.wrap(() -> Tracing.run("late", span -> {}));
        root.close();
        elsewhere(() -> {
            for (int i = 0; i < 3; i++) {
                late.run();
                assertThat(AWSXRay.getTraceEntity()).isNull();
            }
            return true;
        });

        assertThat(documents(4)).hasSize(4);
        assertThat(daemon.documents())
                .filteredOn(document -> document.get("name").asText().equals("root"))
                .hasSize(1);
    }

    @Test
    void bySdk_metadataThatCannotBeWritten_throwsIntoTheApplication() {
        AWSXRay.beginSegment("root");
        AWSXRay.beginSubsegment("first");
        Subsegment bad = AWSXRay.beginSubsegment("bad");
        bad.putMetadata("cycle", cycle());

        assertThatThrownBy(AWSXRay::endSubsegment).isInstanceOf(IllegalArgumentException.class);
        AWSXRay.clearTraceEntity();
    }

    @Test
    void bySpanloom_metadataThatCannotBeWritten_isCut() {
        try (Span root = Tracing.span("root")) {
            Tracing.run("bad", bad -> bad.metadata("cycle", cycle()));
        }

        assertThat(documents(1)
                        .get(0)
                        .at("/subsegments/0/metadata/default/cycle")
                        .isMissingNode())
                .isFalse();
    }

    @Test
    void bySpanloom_spanWhoseEndMakesTheSdkThrow_doesNotThrowAndRestoresWhatWasCurrent() {
        AWSXRay.beginSegment("root");
        Subsegment first = AWSXRay.beginSubsegment("first");
        Subsegment bad = AWSXRay.beginSubsegment("bad");
        bad.putMetadata("cycle", cycle());
        bad.setInProgress(false); // ready to be streamed by whatever ends next
        AWSXRay.setTraceEntity(first);
        Tracing.span("ours").close();

        assertThat(AWSXRay.getTraceEntity()).isSameAs(first);
        AWSXRay.clearTraceEntity();
    }

    private static Object cycle() {
        Object[] cycle = new Object[1];
        cycle[0] = cycle;
        return cycle;
    }

    @Test
    void bySdk_causesInACircle_areFollowedForEver() {
        Circle circle = new Circle(10_000);
        AWSXRay.beginSegment("root");

        assertThatThrownBy(() -> AWSXRay.getCurrentSegment().addException(circle))
                .hasMessage("asked too often");
        AWSXRay.endSegment();
    }

    @Test
    void bySpanloom_causesInACircle_areCut() {
        try (Span root = Tracing.span("root")) {
            root.fail(new Circle(100));
        }

        assertThat(documents(1).get(0).at("/cause/exceptions")).hasSize(2);
    }

    @Test
    void bySdk_segmentThatCannotBeWritten_isLostWithoutAWord() {
        Segment segment = AWSXRay.beginSegment("root");
        segment.putMetadata("cycle", cycle());
        AWSXRay.endSegment(); // throws nothing, and there is nothing to ask what became of it
        daemon.awaitArrival(1);

        assertThat(daemon.datagrams())
                .containsExactly(daemon.datagrams().get(0).split("\n", 2)[0] + "\n"); // no document
    }

    @Test
    void bySpanloom_whatIsLost_isCountedWithItsReason() {
        try (Span root = Tracing.span("root")) {
            for (int i = 0; i < 80; i++) {
                root.annotation("key" + i, "x".repeat(1_000)); // whatever is shed, this does not fit
            }
        }
        assertThat(Tracing.flush(DEADLINE)).isTrue();

        assertThat(Tracing.stats().dropped()).containsEntry("too large", 1L);
    }

    @Test
    void bySdk_tooBigTwoLevelsDown_isLost() {
        AWSXRay.getGlobalRecorder().setStreamingStrategy(new DefaultStreamingStrategy(100));
        AWSXRay.beginSegment("root");
        AWSXRay.createSubsegment("outer", () -> {
            for (int i = 0; i < 4; i++) {
                AWSXRay.createSubsegment("inner", inner -> {
                    inner.putMetadata("fill", "x".repeat(30_000));
                });
            }
        });
        AWSXRay.endSegment();

        assertThat(LocalDaemon.flat(daemon.await(1))) // 1 of 6
                .extracting(document -> document.get("name").asText())
                .containsExactly("root");
    }

    @Test
    void bySpanloom_tooBigTwoLevelsDown_allArrives() {
        try (Span root = Tracing.span("root")) {
            Tracing.run("outer", outer -> {
                for (int i = 0; i < 4; i++) {
                    Tracing.run("inner", inner -> {
                        inner.metadata("one", Collections.nCopies(7, "x".repeat(2_000)));
                        inner.metadata("two", Collections.nCopies(7, "x".repeat(2_000)));
                    });
                }
            });
        }

        assertThat(LocalDaemon.flat(documents(4))).hasSize(6);
        assertThat(Tracing.stats().dropped()).isEmpty();
    }

    @Test
    void bySdk_unsampled_hasNoIds() {
        AWSXRay.getGlobalRecorder().beginNoOpSegment();
        Entity noOp = AWSXRay.getTraceEntity();

        assertThat(noOp.getId()).isEmpty();
        assertThat(noOp.getTraceId().toString()).isEqualTo("1-00000000-000000000000000000000000");
        AWSXRay.endSegment();
    }

    @Test
    void bySpanloom_unsampled_hasIdsAndTellsTheDecision() {
        Tracing.reconfigure(configuration().set(TracingConfig.SAMPLING, "none").build());
        try (Span root = Tracing.span("root")) {
            assertThat(root.spanId()).isNotEqualTo("0".repeat(16));
            assertThat(TraceHeader.fromEntity(AWSXRay.getTraceEntity()).toString())
                    .isEqualTo("Root=" + root.xrayTraceId() + ";Parent=" + root.spanId() + ";Sampled=0");
        }
    }

    /** Two exceptions that are each other's cause; stops an endless walk by throwing. */
    private static final class Circle extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int patience;
        private int asked;

        Circle(int patience) {
            super("one");
            this.patience = patience;
        }

        private final class Other extends RuntimeException {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Throwable getCause() {
                return Circle.this;
            }
        }

        private final Other other = new Other();

        @Override
        public synchronized Throwable getCause() {
            if (++asked > patience) {
                throw new IllegalStateException("asked too often");
            }
            return other;
        }
    }
}
