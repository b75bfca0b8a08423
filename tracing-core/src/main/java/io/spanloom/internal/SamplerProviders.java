package io.spanloom.internal;

import io.spanloom.spi.Reporter;
import io.spanloom.spi.SamplerProvider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The module that samples by rules, where it is on the class path. */
public final class SamplerProviders {

    private SamplerProviders() {}

    /** The first, as seen from this thread's context loader, then from core's. */
    public static @Nullable SamplerProvider find() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        SamplerProvider found = context == null ? null : first(context);
        return found != null ? found : first(SamplerProviders.class.getClassLoader());
    }

    private static @Nullable SamplerProvider first(@Nullable ClassLoader loader) {
        List<SamplerProvider> found = new ArrayList<>();
        Services.each(
                SamplerProvider.class,
                loader,
                found::add,
                broken -> Reporter.warn("TRC-007", "the sampling module on the class path cannot be loaded", broken));
        return found.isEmpty() ? null : found.get(0);
    }
}
