package io.spanloom.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The same method, not traced. */
@State(Scope.Thread)
public class PlainBenchmark extends TinyMethod {

    private final Plain plain = new Plain();

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int call() {
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += plain.call(Work.HANDLE, i);
        }
        return sum;
    }

    static final class Plain {

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int call(String handle, int count) {
            return Work.body(handle, count);
        }
    }
}
