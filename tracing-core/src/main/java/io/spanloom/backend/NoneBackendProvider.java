package io.spanloom.backend;

import io.spanloom.TracingConfig;
import io.spanloom.spi.Backend;
import io.spanloom.spi.BackendProvider;

/** {@code tracing.backend = none}: tracing is off, at no cost and without a word. */
public final class NoneBackendProvider implements BackendProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public NoneBackendProvider() {}

    @Override
    public String name() {
        return "none";
    }

    @Override
    public Backend create(TracingConfig config) {
        return Backend.none();
    }
}
