package io.spanloom.internal;

import io.spanloom.spi.Reporter;
import io.spanloom.spi.SamplerProvider;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The module that samples by rules, where it is on the class path. */
public final class SamplerProviders {

    private SamplerProviders() {}

    /** The first, as seen from this thread's context loader, then from core's. */
    public static @Nullable SamplerProvider find() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        SamplerProvider found = context == null ? null : first(ServiceLoader.load(SamplerProvider.class, context));
        return found != null
                ? found
                : first(ServiceLoader.load(SamplerProvider.class, SamplerProviders.class.getClassLoader()));
    }

    private static @Nullable SamplerProvider first(ServiceLoader<SamplerProvider> loader) {
        try {
            Iterator<SamplerProvider> iterator = loader.iterator();
            return iterator.hasNext() ? iterator.next() : null;
        } catch (ServiceConfigurationError | RuntimeException | LinkageError broken) {
            Reporter.warn("TRC-007", "the sampling module on the class path cannot be loaded", broken);
            return null;
        }
    }
}
