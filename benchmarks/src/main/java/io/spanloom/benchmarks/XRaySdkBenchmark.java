package io.spanloom.benchmarks;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The X-Ray SDK by hand. Its segment keeps its subsegments, so that there is a new one each time. */
@State(Scope.Thread)
public class XRaySdkBenchmark extends TinyMethod {

    private final ByHand byHand = new ByHand();

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int call(XRaySdk sdk) {
        sdk.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += byHand.call(Work.HANDLE, i);
        }
        sdk.end();
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int callTwoAnnotations(XRaySdk sdk) {
        sdk.begin();
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += byHand.callWithTwoAnnotations(Work.HANDLE, i);
        }
        sdk.end();
        return sum;
    }

    /** A request of ten subsegments, all of it, per subsegment. */
    @Benchmark
    @OperationsPerInvocation(10)
    public int tenPerRequest(XRaySdk sdk) {
        sdk.begin();
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += byHand.call(Work.HANDLE, i);
        }
        sdk.end();
        return sum;
    }

    static final class ByHand {

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int call(String handle, int count) {
            Subsegment subsegment = AWSXRay.beginSubsegment("call");
            try {
                return Work.body(handle, count);
            } catch (Throwable thrown) {
                subsegment.addException(thrown);
                throw thrown;
            } finally {
                AWSXRay.endSubsegment();
            }
        }

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int callWithTwoAnnotations(String handle, int count) {
            Subsegment subsegment = AWSXRay.beginSubsegment("call");
            try {
                subsegment.putAnnotation("handle", handle);
                subsegment.putAnnotation("count", count);
                return Work.body(handle, count);
            } catch (Throwable thrown) {
                subsegment.addException(thrown);
                throw thrown;
            } finally {
                AWSXRay.endSubsegment();
            }
        }
    }
}
