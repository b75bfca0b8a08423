package io.spanloom.otel;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.context.Context;
import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.test.contract.BackendContract;
import io.spanloom.test.contract.ObservedSpan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contract, with an SDK of our own. */
class OtelBackendContractTest extends BackendContract {

    @Override
    protected Backend create(TracingConfig config) {
        OwnSdk sdk = requireNonNull(OwnSdk.start(config, Map.of("otel.traces.exporter", "memory")));
        return new OtelBackend(sdk, config.sampler(), isBridged());
    }

    boolean isBridged() {
        return Contexts.bridged();
    }

    @Override
    protected @Nullable Object libraryCurrent() {
        return Context.current() == Context.root() ? null : Context.current();
    }

    @Override
    protected List<ObservedSpan> awaitSpans(int count) {
        return MemoryExporterProvider.last().getFinishedSpanItems().stream()
                .map(SpanDataObserver::observed)
                .toList();
    }
}
