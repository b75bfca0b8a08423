package io.spanloom.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.spanloom.SpanSpec;
import io.spanloom.spi.Sampler;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a span costs in bytes on the application's thread: a figure that does not vary as times do. */
class AllocationTest {

    private static final int CHILDREN = 5_000;
    private static final SpanSpec CHILD = SpanSpec.named("child");

    /** Nothing hears of the spans, so that only starting and ending them counts. */
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(
                    SdkTracerProvider.builder().addSpanProcessor(new Nobody()).build())
            .build();

    private int ran;

    @Test
    void childOfASampledSpan_costsAtMost48BytesMoreThanByHand() {
        assumeTrue(ContextStorage.get() == ContextStorage.defaultStorage());
        Tracer tracer = sdk.getTracer("by-hand");
        OtelBackend.use(sdk);
        OtelBackend backend = new OtelBackend(new AttachedSdk(AttachedFixture.config()), Sampler.ALL, false);
        OtelBackend.use(null);

        double byHand;
        Span parent = tracer.spanBuilder("parent").startSpan();
        try (Scope scope = parent.makeCurrent()) {
            byHand = bytes(() -> childByHand(tracer));
        }
        double ours;
        try (io.spanloom.Span root = backend.start(SpanSpec.named("root"), null)) {
            ours = bytes(() -> backend.start(CHILD, null).close());
        }

        assertThat(ours).isLessThanOrEqualTo(byHand + 48);
    }

    private void childByHand(Tracer tracer) {
        Span child = tracer.spanBuilder("child").setParent(Context.current()).startSpan();
        try (Scope scope = child.makeCurrent()) {
            ran++;
        } finally {
            child.end();
        }
    }

    /** The least of many rounds: what remains once everything is compiled. */
    private static double bytes(Runnable child) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 100; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < CHILDREN; i++) {
                child.run();
            }
            least = Math.min(least, (double) (threads.getThreadAllocatedBytes(self) - before) / CHILDREN);
        }
        return least;
    }

    private static final class Nobody implements io.opentelemetry.sdk.trace.SpanProcessor {
        @Override
        public void onStart(Context parent, io.opentelemetry.sdk.trace.ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(io.opentelemetry.sdk.trace.ReadableSpan span) {}

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
