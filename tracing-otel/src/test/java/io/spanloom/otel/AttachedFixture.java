package io.spanloom.otel;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Sampler;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A backend attached to an SDK that keeps its spans in memory. Fails a test that leaves something current. */
final class AttachedFixture implements BeforeEachCallback, AfterEachCallback {

    final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();
    /** Another instrumentation of the application. */
    final Tracer foreign = sdk.getTracer("foreign");

    final OtelBackend backend = backend(Sampler.ALL, false);

    static TracingConfig config(String... settings) {
        TracingConfig.Builder builder =
                TracingConfig.builder().alone().service("backend-java").backend("otel");
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i], settings[i + 1]);
        }
        return builder.build();
    }

    OtelBackend backend(Sampler sampler, boolean bridged) {
        OtelBackend.use(sdk);
        try {
            return new OtelBackend(new AttachedSdk(config()), sampler, bridged);
        } finally {
            OtelBackend.use(null);
        }
    }

    /** The span of a name, which must have ended. */
    SpanData ended(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + exporter.getFinishedSpanItems()));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        requireNothingCurrent();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        sdk.close();
        requireNothingCurrent();
    }

    private static void requireNothingCurrent() {
        if (Context.current() != Context.root()) {
            throw new AssertionError("something is still current: " + Context.current());
        }
    }
}
