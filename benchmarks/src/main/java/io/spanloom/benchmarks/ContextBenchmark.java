package io.spanloom.benchmarks;

import io.spanloom.Tracing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to hand a task over with its trace: capture, wrapper, making current and restoring. */
@State(Scope.Thread)
public class ContextBenchmark extends TinyMethod {

    private int ran;

    private final Runnable task = () -> ran++;

    /** Between the two threads: what is here is allocated, as in a pool's queue. */
    private Runnable handedOver = task;

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int wrapped(SpanloomRequest request) {
        request.begin();
        for (int i = 0; i < Work.CALLS; i++) {
            handedOver = Tracing.wrap(task);
            handedOver.run();
        }
        request.end();
        return ran;
    }

    /** As {@link #wrapped}, by the API of OpenTelemetry. */
    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int wrappedByOpenTelemetry(SpanloomRequest request) {
        request.begin();
        for (int i = 0; i < Work.CALLS; i++) {
            handedOver = io.opentelemetry.context.Context.current().wrap(task);
            handedOver.run();
        }
        request.end();
        return ran;
    }
}
