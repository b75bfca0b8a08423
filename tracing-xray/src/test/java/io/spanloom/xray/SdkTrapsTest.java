package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.entities.Entity;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.strategy.DefaultStreamingStrategy;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong with the SDK (2.21.0) by hand, each followed by the same through Spanloom. The first of a pair tells
 * when a later SDK has mended it.
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
