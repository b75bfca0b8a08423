package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.contexts.LambdaSegmentContext;
import com.amazonaws.xray.contexts.SegmentContextResolverChain;
import com.amazonaws.xray.entities.Subsegment;
import io.spanloom.Span;
import io.spanloom.SpanKind;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK's context of AWS Lambda, where segments are nobody's to begin: nothing of ours may make the SDK throw. */
class LambdaContextTest extends AtTheDaemon {

    private static final String HEADER = "com.amazonaws.xray.traceHeader";

    @BeforeEach
    void invoked() {
        System.setProperty(HEADER, "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
    }

    @AfterEach
    void over() {
        System.clearProperty(HEADER);
    }

    @Override
    AWSXRayRecorder recorder() throws IOException {
        AWSXRayRecorder recorder = super.recorder();
        SegmentContextResolverChain chain = new SegmentContextResolverChain();
        chain.addResolver(LambdaSegmentContext::new);
        recorder.setSegmentContextResolverChain(chain);
        return recorder;
    }

    @Test
    void spanWithNothingAbove_doesNotBreakTheSdksSubsegments() {
        try (Span root = Tracing.span("root")) {
            assertThat(root.isRecording()).isFalse();
            Subsegment theirs = AWSXRay.beginSubsegment("theirs");
            assertThat(theirs.isSampled()).isTrue();
            AWSXRay.endSubsegment();
        }

        assertThat(documents(1).get(0).get("name").asText()).isEqualTo("theirs");
    }

    @Test
    void spansBelowTheSdksSubsegment_areInItsDocument() {
        AWSXRay.beginSubsegment("handler");
        Tracing.run("ours", ours -> ours.annotation("k", 1L).user("nobody takes it"));
        Tracing.run(
                SpanSpec.named("message").kind(SpanKind.CONSUMER),
                message -> AWSXRay.createSubsegment("theirs", () -> {}));
        Tracing.current().annotation("handled", true).user("nobody takes it").fail(new IOException("x"));
        AWSXRay.endSubsegment();

        var handler = documents(1).get(0);
        assertThat(handler.at("/annotations/handled").asBoolean()).isTrue();
        assertThat(handler.at("/subsegments/0/annotations/k").asLong()).isEqualTo(1);
        assertThat(handler.at("/subsegments/1/name").asText()).isEqualTo("message");
        assertThat(handler.at("/subsegments/1/subsegments/0/name").asText()).isEqualTo("theirs");
    }

    @Test
    void bySdk_whatWorksElsewhere_throws() {
        AWSXRay.beginSubsegment("handler");
        assertThatThrownBy(() -> AWSXRay.getCurrentSegment().putAnnotation("k", "v"))
                .isInstanceOf(UnsupportedOperationException.class);
        AWSXRay.endSubsegment();
        AWSXRay.setTraceEntity(AWSXRay.beginDummySegment());
        assertThatThrownBy(() -> AWSXRay.beginSubsegment("below")).isInstanceOf(ClassCastException.class);
        AWSXRay.clearTraceEntity();
    }
}
