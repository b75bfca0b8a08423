package io.spanloom.benchmarks;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.annotations.SpanAttribute;
import io.opentelemetry.instrumentation.annotations.WithSpan;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** {@code @WithSpan} by the OpenTelemetry agent; {@code benchmarks/run} gives the forks the agent and its settings. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
public class WithSpanBenchmark extends TinyMethod {

    private final Annotated annotated = new Annotated();

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int call(Request request) {
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += annotated.call(Work.HANDLE, i);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int callTwoAttributes(Request request) {
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += annotated.callWithTwoAttributes(Work.HANDLE, i);
        }
        return sum;
    }

    /** The agent's span around the calls. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    @SuppressWarnings({"NullAway.Init", "MustBeClosedChecker"})
    public static class Request {

        /** As which the agent is set up. */
        @Param({"sampled"})
        public String mode;

        private Span span;
        private Scope scope;

        @Setup
        public void open() throws ClassNotFoundException {
            // Without the agent nothing would be traced and everything would be fast.
            Class.forName("io.opentelemetry.javaagent.OpenTelemetryAgent");
            span = GlobalOpenTelemetry.getTracer("benchmarks")
                    .spanBuilder("GET /api/activities/home")
                    .startSpan();
            boolean sampled = mode.equals("sampled");
            if (span.isRecording() != sampled) {
                throw new IllegalStateException("the agent is not set up as benchmarks/run does");
            }
            scope = span.makeCurrent();
            if (sampled && new Annotated().currentSpan().equals(span)) {
                throw new IllegalStateException("the agent does not trace @WithSpan");
            }
        }

        @TearDown
        public void close() {
            scope.close();
            span.end();
        }
    }

    static final class Annotated {

        @WithSpan
        Span currentSpan() {
            return Span.current();
        }

        @WithSpan
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int call(String handle, int count) {
            return Work.body(handle, count);
        }

        @WithSpan
        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int callWithTwoAttributes(@SpanAttribute("handle") String handle, @SpanAttribute("count") int count) {
            return Work.body(handle, count);
        }
    }
}
