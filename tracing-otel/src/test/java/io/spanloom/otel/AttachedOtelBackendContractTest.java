package io.spanloom.otel;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.test.contract.BackendContract;
import io.spanloom.test.contract.ObservedSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract, attached to an application's SDK that is set up for X-Ray: ids that begin with the time, wide limits. */
class AttachedOtelBackendContractTest extends BackendContract {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    @Override
    protected Backend create(TracingConfig config) {
        OtelBackend.use(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setIdGenerator(new XRayIdGenerator())
                        .setResource(Resource.builder()
                                .put("service.name", config.service())
                                .build())
                        .setSpanLimits(SpanLimits.builder()
                                .setMaxNumberOfAttributes(2000)
                                .setMaxNumberOfEvents(2000)
                                .setMaxNumberOfLinks(2000)
                                .build())
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build());
        try {
            return OtelBackendProvider.create(config, true);
        } finally {
            OtelBackend.use(null);
        }
    }

    @Override
    protected @Nullable Object libraryCurrent() {
        return Context.current() == Context.root() ? null : Context.current();
    }

    @Override
    protected List<ObservedSpan> awaitSpans(int count) {
        return exporter.getFinishedSpanItems().stream()
                .map(SpanDataObserver::observed)
                .toList();
    }
}
