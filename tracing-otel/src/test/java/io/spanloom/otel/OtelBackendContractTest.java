package io.spanloom.otel;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.test.contract.BackendContract;
import io.spanloom.test.contract.ObservedSpan;
import java.util.List;
import java.util.Map;

/** The contract, with an SDK of our own. */
class OtelBackendContractTest extends BackendContract {

    @Override
    protected Backend create(TracingConfig config) {
        return new OtelBackend(
                OwnSdk.start(config, Map.of("otel.traces.exporter", "memory")), config.sampler(), isBridged());
    }

    boolean isBridged() {
        return Contexts.bridged();
    }

    @Override
    protected List<ObservedSpan> awaitSpans(int count) {
        return MemoryExporterProvider.last().getFinishedSpanItems().stream()
                .map(SpanDataObserver::observed)
                .toList();
    }
}
