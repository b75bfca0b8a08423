package io.spanloom.spi;

import io.spanloom.ConfigKey;
import io.spanloom.TracingConfig;
import java.util.List;

/**
 * Makes a backend; found by {@link java.util.ServiceLoader}.
 *
 * <pre>{@code
 * // META-INF/services/io.spanloom.spi.BackendProvider, and "provides" in module-info
 * public final class XRayBackendProvider implements BackendProvider { ... }
 * }</pre>
 *
 * <p>A provider that cannot be loaded does not disturb the others. Unlike at run time, what {@link #create} throws is
 * heard: it is a configuration error, reported with the backend's name.
 */
public interface BackendProvider {

    /** The name for {@code tracing.backend}: lower case, no comma. */
    String name();

    /** The keys that this backend understands, all beginning {@code tracing.<name>.}. */
    default List<ConfigKey<?>> keys() {
        return List.of();
    }

    /**
     * Makes the backend, once per configuration.
     *
     * @param config everything that is configured; {@link TracingConfig#sampler} decides about new roots
     * @throws RuntimeException with a message for the user, where the backend cannot work as configured
     */
    Backend create(TracingConfig config);
}
