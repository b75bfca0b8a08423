package io.spanloom.benchmarks;

import io.spanloom.Tracing;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** {@code @Traced}, and the facade by hand. */
@State(Scope.Thread)
public class SpanloomBenchmark extends TinyMethod {

    private static final Integer VALUE = 1;

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

    /** A result whose type does not say whether it completes later. */
    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int wovenObject(SpanloomRequest request) {
        request.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += woven.callForObject(Work.HANDLE, i) == null ? 0 : 1;
        }
        request.end();
        return sum;
    }

    /** A future that completes after the return. What is above {@link #untracedLater} is the span and its waiting. */
    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int wovenLater(SpanloomRequest request) {
        request.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            CompletableFuture<Integer> given = new CompletableFuture<>();
            CompletableFuture<Integer> returned = woven.callLater(given);
            given.complete(VALUE);
            sum += returned.getNow(VALUE);
        }
        request.end();
        return sum;
    }

    /** A future that has completed before the return. */
    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int wovenComplete(SpanloomRequest request) {
        request.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += woven.callLater(CompletableFuture.completedFuture(VALUE)).getNow(VALUE);
        }
        request.end();
        return sum;
    }

    /** The future of {@link #wovenLater} by itself. */
    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int untracedLater() {
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            CompletableFuture<Integer> given = new CompletableFuture<>();
            CompletableFuture<Integer> returned = byHand.pass(given);
            given.complete(VALUE);
            sum += returned.getNow(VALUE);
        }
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
        CompletableFuture<Integer> pass(CompletableFuture<Integer> given) {
            return given;
        }

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int call(String handle, int count) {
            return Tracing.call("call", span -> Work.body(handle, count));
        }
    }
}
