package io.spanloom.benchmarks;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.annotation.Observed;
import io.micrometer.observation.aop.ObservedAspect;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Micrometer Observation, by hand and by {@code @Observed} behind a Spring proxy, traced by OpenTelemetry's SDK. */
@State(Scope.Thread)
public class MicrometerBenchmark extends TinyMethod {

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int call(Request request) {
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += request.byHand.call(Work.HANDLE, i);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int observed(Request request) {
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += request.annotated.call(Work.HANDLE, i);
        }
        return sum;
    }

    /** The observation around the calls. {@code off}: a registry that nobody listens to. */
    @State(Scope.Thread)
    @SuppressWarnings({"NullAway.Init", "MustBeClosedChecker"})
    public static class Request {

        ByHand byHand;
        Annotated annotated;
        private Observation observation;
        private Observation.Scope scope;

        @Setup
        public void open(OpenTelemetryBenchmark.Sdk sdk) {
            ObservationRegistry registry = ObservationRegistry.create();
            if (!sdk.mode.equals("off")) {
                registry.observationConfig()
                        .observationHandler(new DefaultTracingObservationHandler(new OtelTracer(
                                sdk.openTelemetry.getTracer("benchmarks"),
                                new OtelCurrentTraceContext(),
                                event -> {})));
            }
            byHand = new ByHand(registry);
            annotated = Proxies.of(new Annotated(), new ObservedAspect(registry));
            observation = Observation.start("GET /api/activities/home", registry);
            scope = observation.openScope();
        }

        @TearDown
        public void close() {
            scope.close();
            observation.stop();
        }
    }

    static final class ByHand {

        private final ObservationRegistry registry;

        ByHand(ObservationRegistry registry) {
            this.registry = registry;
        }

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        @SuppressWarnings("NullAway") // observe is declared to give what its supplier may
        int call(String handle, int count) {
            return Observation.createNotStarted("call", registry).observe(() -> Work.body(handle, count));
        }
    }

    /** Public, for the proxy to extend. */
    public static class Annotated {

        @Observed(name = "call")
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        public int call(String handle, int count) {
            return Work.body(handle, count);
        }
    }
}
