package io.spanloom.benchmarks;

import com.amazonaws.xray.AWSXRay;
import io.spanloom.Span;
import io.spanloom.Tracing;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the end of a request with ten subsegments takes of the application's thread. Its begin and its subsegments are
 * set-up, made anew for each end and not timed; the two clock readings around an end are. B/op counts the set-up, too.
 */
@State(Scope.Thread)
public class XRayRequestEndBenchmark extends TinyMethod {

    @Benchmark
    public void spanloom(OurRequest request) {
        request.span.close();
    }

    @Benchmark
    public void sdk(SdkRequest request) {
        AWSXRay.endSegment();
    }

    /** Run it with {@code backend=xray}. */
    @State(Scope.Thread)
    public static class OurRequest {

        /** Less than the exporter's queue holds: what is measured is queued, not dropped. */
        private static final int ENDS_PER_FLUSH = 1_000;

        private final WovenWork woven = new WovenWork();
        private Span span = Span.noop();
        private int ends;

        @Setup(Level.Invocation)
        public void begin(SpanloomBackend backend) {
            if (++ends % ENDS_PER_FLUSH == 0 && !Tracing.flush(Duration.ofSeconds(10))) {
                throw new IllegalStateException("the queue does not drain: " + Tracing.stats());
            }
            span = Tracing.segment("GET /api/activities/home");
            for (int i = 0; i < 10; i++) {
                woven.call(Work.HANDLE, i);
            }
        }
    }

    /** Run it with {@code mode=sampled-udp}. */
    @State(Scope.Thread)
    public static class SdkRequest {

        private final XRaySdkBenchmark.ByHand byHand = new XRaySdkBenchmark.ByHand();

        @Setup(Level.Invocation)
        public void begin(XRaySdk sdk) {
            sdk.begin();
            for (int i = 0; i < 10; i++) {
                byHand.call(Work.HANDLE, i);
            }
        }
    }
}
