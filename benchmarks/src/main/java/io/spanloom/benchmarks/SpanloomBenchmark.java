package io.spanloom.benchmarks;

import io.spanloom.Tracing;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** {@code @Traced}, and the facade by hand. */
@State(Scope.Thread)
public class SpanloomBenchmark extends TinyMethod {

    private final WovenWork woven = new WovenWork();
    private final ByHand byHand = new ByHand();

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int woven(SpanloomRequest request) {
        request.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += woven.call(Work.HANDLE, i);
        }
        request.end();
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int wovenTwoCaptures(SpanloomRequest request) {
        request.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += woven.callWithTwoCaptures(Work.HANDLE, i);
        }
        request.end();
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int byHand(SpanloomRequest request) {
        request.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += byHand.call(Work.HANDLE, i);
        }
        request.end();
        return sum;
    }

    /** A request of ten spans, all of it, per span. */
    @Benchmark
    @OperationsPerInvocation(10)
    public int wovenTenPerRequest(SpanloomRequest request) {
        request.begin();
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += woven.call(Work.HANDLE, i);
        }
        request.end();
        return sum;
    }

    static final class ByHand {

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int call(String handle, int count) {
            return Tracing.call("call", span -> Work.body(handle, count));
        }
    }
}
