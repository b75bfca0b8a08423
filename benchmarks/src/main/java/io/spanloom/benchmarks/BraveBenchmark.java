package io.spanloom.benchmarks;

import brave.ScopedSpan;
import brave.Tracer;
import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import brave.sampler.Sampler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Brave's {@code ScopedSpan} by hand. */
@State(Scope.Thread)
public class BraveBenchmark extends TinyMethod {

    @Benchmark
    @OperationsPerInvocation(Work.CALLS)
    public int call(Request request) {
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += request.byHand.call(Work.HANDLE, i);
        }
        return sum;
    }

    /** Brave, with a handler that forgets. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class Brave {

        @Param({"off", "unsampled", "sampled"})
        public String mode;

        Tracing tracing;

        @Setup
        public void configure() {
            tracing = Tracing.newBuilder()
                    .sampler(mode.equals("unsampled") ? Sampler.NEVER_SAMPLE : Sampler.ALWAYS_SAMPLE)
                    .addSpanHandler(new SpanHandler() {
                        @Override
                        public boolean end(TraceContext context, MutableSpan span, Cause cause) {
                            return true;
                        }
                    })
                    .build();
            tracing.setNoop(mode.equals("off"));
        }

        @TearDown
        public void close() {
            tracing.close();
        }
    }

    /** The span around the calls. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init")
    public static class Request {

        ByHand byHand;
        private ScopedSpan span;

        @Setup
        public void open(Brave brave) {
            Tracer tracer = brave.tracing.tracer();
            byHand = new ByHand(tracer);
            span = tracer.startScopedSpan("GET /api/activities/home");
        }

        @TearDown
        public void close() {
            span.finish();
        }
    }

    static final class ByHand {

        private final Tracer tracer;

        ByHand(Tracer tracer) {
            this.tracer = tracer;
        }

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int call(String handle, int count) {
            ScopedSpan span = tracer.startScopedSpan("call");
            try {
                return Work.body(handle, count);
            } catch (Throwable thrown) {
                span.error(thrown);
                throw thrown;
            } finally {
                span.finish();
            }
        }
    }
}
