package io.spanloom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OffTest {

    @AfterEach
    void fromTheBeginning() {
        Tracing.shutdown();
    }

    @Test
    void namesMadeUpAtRunTime_costNothing() throws Exception {
        Tracing.reconfigure(TracingConfig.builder().alone().backend("none").build());
        String[] names = IntStream.range(0, 20_000).mapToObj(i -> "order " + i).toArray(String[]::new);
        trace(names);

        long before = allocatedBytes();
        trace(names);
        long allocated = allocatedBytes() - before;

        assertThat(allocated).isLessThan(names.length); // less than a byte a span: nothing but the measuring
    }

    /** By reflection: core's module, which this test is part of, does not read the JDK's management. */
    private static long allocatedBytes() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getCurrentThreadAllocatedBytes")
                .invoke(threads);
    }

    private static void trace(String[] names) {
        for (String name : names) {
            Tracing.span(name).close();
            Tracing.subsegment(name).close();
            Tracing.segment(name).close();
        }
    }
}
