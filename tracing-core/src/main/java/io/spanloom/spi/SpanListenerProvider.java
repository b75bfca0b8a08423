package io.spanloom.spi;

import io.spanloom.TracingConfig;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link SpanListener} for each configuration that is put in force; found by {@link java.util.ServiceLoader}.
 *
 * <pre>{@code
 * // META-INF/services/io.spanloom.spi.SpanListenerProvider, and "provides" in module-info
 * public final class PagerProvider implements SpanListenerProvider { ... }
 * }</pre>
 *
 * <p>A module that can be configured names its keys by a {@link ConfigKeyProvider}. One that cannot be loaded, or that throws, is
 * said (TRC-028) and left out; the others, and tracing, go on.
 */
public interface SpanListenerProvider {

    /**
     * Makes the listener. Not asked while tracing is off.
     *
     * @return null where the configuration does not want it
     * @throws io.spanloom.TracingConfigException where it cannot work as configured: heard, as all such errors are
     */
    @Nullable
    SpanListener create(TracingConfig config);
}
