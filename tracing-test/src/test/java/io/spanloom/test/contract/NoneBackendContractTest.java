package io.spanloom.test.contract;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import java.util.List;

class NoneBackendContractTest extends BackendContract {

    @Override
    protected Backend create(TracingConfig config) {
        return Backend.none();
    }

    @Override
    protected List<ObservedSpan> awaitSpans(int count) {
        return List.of();
    }

    @Override
    protected boolean records() {
        return false;
    }
}
