package io.spanloom.test.contract;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.MemoryBackend;
import java.util.List;

class MemoryBackendContractTest extends BackendContract {

    private final MemoryObserver observer = new MemoryObserver(SERVICE);

    @Override
    protected Backend create(TracingConfig config) {
        return new MemoryBackend("contract", config.sampler(), observer);
    }

    @Override
    protected List<ObservedSpan> awaitSpans(int count) {
        return observer.observed(); // handed over as they end: nothing to wait for
    }
}
