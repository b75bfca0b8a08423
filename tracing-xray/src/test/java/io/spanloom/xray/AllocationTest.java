package io.spanloom.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.spanloom.Span;
import io.spanloom.SpanSpec;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a span costs in bytes on the application's thread: a figure that does not vary as times do. */
class AllocationTest extends AtTheDaemon {

    private static final int CHILDREN = 90;
    private static final SpanSpec CHILD = SpanSpec.named("child");

    @Test
    void childOfASampledRoot_staysBelow160Bytes() {
        assertThat(bytesPerChild()).isLessThan(160);
    }

    @Test
    void childOfAnUnsampledRoot_costsNothingOfItsOwn() {
        Tracing.reconfigure(configuration().set(TracingConfig.SAMPLING, "none").build());

        assertThat(bytesPerChild()).isLessThan(8); // the root's own, shared by 90
    }

    private static double bytesPerChild() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 60; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int trace = 0; trace < 100; trace++) {
                try (Span root = Tracing.span("root")) {
                    for (int i = 0; i < CHILDREN; i++) {
                        Tracing.span(CHILD).close();
                    }
                }
            }
            double bytes = threads.getThreadAllocatedBytes(self) - before;
            least = Math.min(least, bytes / (100.0 * CHILDREN));
        }
        return least;
    }
}
