package io.spanloom.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spanloom.SpanListeners;
import io.spanloom.Tracing;
import io.spanloom.TracingConfig;
import io.spanloom.micrometer.SpanMetrics;
import io.spanloom.spi.SpanListener;
import io.spanloom.weave.Explanation;
import io.spanloom.weave.Weaver;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What {@code tracing.backend} is. The ending {@code -unsampled} stands for {@code tracing.sampling = none}; before it,
 * {@code -heard} for a listener that does nothing, {@code -metrics} for Micrometer's.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class SpanloomBackend {

    @Param({
        "none",
        "memory-unsampled",
        "xray-unsampled",
        "otel-unsampled",
        "memory",
        "xray",
        "otel",
        "otel-batch",
        "xray-and-otel",
        "memory-heard",
        "xray-heard",
        "xray-metrics",
        "xray-heard-unsampled",
        "xray-metrics-unsampled",
        "otel-heard",
        "xray-and-otel-heard"
    })
    public String backend;

    @Setup
    public void configure() {
        Weaver.install();
        Explanation explanation = Weaver.explain(WovenWork.class);
        if (explanation.methods().isEmpty() || !explanation.methods().stream().allMatch(Explanation.Method::woven)) {
            throw new IllegalStateException("what is measured is not woven: " + explanation);
        }
        System.setProperty("otel.traces.exporter", backend.equals("otel-batch") ? "discard" : "none");
        Tracing.reconfigure(TracingConfig.builder()
                .alone()
                .service("benchmarks")
                .provider(new MemoryProvider())
                .backend(names())
                .set(TracingConfig.SAMPLING, isSampled() ? "all" : "none")
                .set("tracing.xray.daemon-address", DaemonPort.address())
                .set("tracing.otel.sdk", "own")
                .build());
        listen();
    }

    private String names() {
        return backend.replaceAll("-(unsampled|batch|heard|metrics)", "").replace("-and-", ",");
    }

    private void listen() {
        if (backend.contains("-heard")) {
            SpanListeners.add(new SpanListener() {});
        } else if (backend.contains("-metrics")) {
            SpanListeners.add(SpanMetrics.to(new SimpleMeterRegistry()));
        }
    }

    boolean isSampled() {
        return !backend.endsWith("-unsampled") && !backend.equals("none");
    }

    /** Whether spans stay with their parent until it ends, so that it has to end now and then. */
    boolean keepsChildren() {
        return isSampled() && (backend.startsWith("xray") || backend.equals("memory"));
    }

    @TearDown
    public void shutdown() {
        System.out.println("\n" + Tracing.stats());
        Tracing.shutdown();
    }
}
