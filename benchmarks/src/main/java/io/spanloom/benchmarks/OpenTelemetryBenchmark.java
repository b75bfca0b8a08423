package io.spanloom.benchmarks;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The OpenTelemetry API by hand, as its documentation writes it. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
public class OpenTelemetryBenchmark extends TinyMethod {

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
    public int callTwoAttributes(Request request) {
        int sum = 0;
        for (int i = 0; i < Work.CALLS; i++) {
            sum += request.byHand.callWithTwoAttributes(Work.HANDLE, i);
        }
        return sum;
    }

    /** An SDK, and a span of it around the calls. */
    @State(org.openjdk.jmh.annotations.Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class Sdk {

        @Param({"off", "unsampled", "sampled", "sampled-batch"})
        public String mode;

        OpenTelemetry openTelemetry;

        @Setup
        public void configure() {
            SdkTracerProviderBuilder provider = SdkTracerProvider.builder();
            if (mode.equals("unsampled")) {
                provider.setSampler(Sampler.parentBased(Sampler.alwaysOff()));
            }
            provider.addSpanProcessor(
                    mode.equals("sampled-batch")
                            ? BatchSpanProcessor.builder(new DiscardingExporter())
                                    .build()
                            : new IdleProcessor());
            openTelemetry = mode.equals("off")
                    ? OpenTelemetry.noop()
                    : OpenTelemetrySdk.builder()
                            .setTracerProvider(provider.build())
                            .build();
        }

        @TearDown
        public void close() {
            if (openTelemetry instanceof OpenTelemetrySdk sdk) {
                sdk.close();
            }
        }
    }

    /** The span around the calls. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    @SuppressWarnings({"NullAway.Init", "MustBeClosedChecker"})
    public static class Request {

        ByHand byHand;
        private Span span;
        private Scope scope;

        @Setup
        public void open(Sdk sdk) {
            Tracer tracer = sdk.openTelemetry.getTracer("benchmarks");
            byHand = new ByHand(tracer);
            span = tracer.spanBuilder("GET /api/activities/home").startSpan();
            scope = span.makeCurrent();
        }

        @TearDown
        public void close() {
            scope.close();
            span.end();
        }
    }

    static final class ByHand {

        private static final AttributeKey<String> HANDLE = AttributeKey.stringKey("handle");
        private static final AttributeKey<Long> COUNT = AttributeKey.longKey("count");

        private final Tracer tracer;

        ByHand(Tracer tracer) {
            this.tracer = tracer;
        }

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int call(String handle, int count) {
            Span span = tracer.spanBuilder("call").startSpan();
            try (Scope scope = span.makeCurrent()) {
                return Work.body(handle, count);
            } catch (Throwable thrown) {
                span.recordException(thrown);
                throw thrown;
            } finally {
                span.end();
            }
        }

        @CompilerControl(CompilerControl.Mode.DONT_INLINE)
        int callWithTwoAttributes(String handle, int count) {
            Span span = tracer.spanBuilder("call").startSpan();
            try (Scope scope = span.makeCurrent()) {
                span.setAttribute(HANDLE, handle);
                span.setAttribute(COUNT, (long) count);
                return Work.body(handle, count);
            } catch (Throwable thrown) {
                span.recordException(thrown);
                throw thrown;
            } finally {
                span.end();
            }
        }
    }
}
