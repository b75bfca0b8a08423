package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.entities.TraceHeader;
import io.spanloom.Span;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import org.junit.jupiter.api.Test;

/** A root that is not sampled. */
class UnsampledTest extends AtTheDaemon {

    @Override
    TracingConfig.Builder configuration() {
        return super.configuration().set(TracingConfig.SAMPLING, "none");
    }

    @Test
    void childrenOfARoot_areOneObject() {
        try (Span root = Tracing.span("root")) {
            Span first = Tracing.span("first");
            first.close();
            Span second = Tracing.subsegment("second");
            assertThat(second).isSameAs(first);
            assertThat(second.spanId()).isEqualTo(root.spanId());
            assertThat(Tracing.current()).isSameAs(root);
        }
    }

    @Test
    void sdksSubsegmentBelow_isUnsampledWithTheRealTraceIdInItsHeader() {
        try (Span root = Tracing.span("root")) {
            Subsegment theirs = AWSXRay.beginSubsegment("theirs");
            assertThat(theirs.isSampled()).isFalse();
            assertThat(TraceHeader.fromEntity(theirs).toString())
                    .isEqualTo("Root=" + root.xrayTraceId() + ";Parent=" + root.spanId() + ";Sampled=0");
            Tracing.span("ours").close();
            AWSXRay.endSubsegment();
            assertThat(AWSXRay.getTraceEntity().getId()).isEqualTo(root.spanId());
        }

        assertThat(Tracing.flush(DEADLINE)).isTrue();
        assertThat(daemon.datagrams()).isEmpty();
        assertThat(Tracing.stats().offered()).isZero();
    }
}
