package io.spanloom.benchmarks;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Sees spans and does nothing. An SDK that has no processor at all makes no spans worth measuring. */
public final class IdleProcessor implements SpanProcessor, AutoConfigurationCustomizerProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public IdleProcessor() {}

    /** Takes the exporter's place where there is none. */
    @Override
    public void customize(AutoConfigurationCustomizer configuration) {
        configuration.addTracerProviderCustomizer(
                (provider, properties) -> "none".equals(properties.getString("otel.traces.exporter"))
                        ? provider.addSpanProcessor(this)
                        : provider);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
