package io.spanloom.otel;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** {@code otel.traces.exporter = memory}: an SDK of our own whose spans a test can look at. */
public final class MemoryExporterProvider implements ConfigurableSpanExporterProvider {

    private static volatile InMemorySpanExporter last = InMemorySpanExporter.create();

    /** What the SDK that was set up last exports to. */
    static InMemorySpanExporter last() {
        return last;
    }

    @Override
    public SpanExporter createExporter(ConfigProperties config) {
        InMemorySpanExporter exporter = InMemorySpanExporter.create();
        last = exporter;
        return exporter;
    }

    @Override
    public String getName() {
        return "memory";
    }
}
