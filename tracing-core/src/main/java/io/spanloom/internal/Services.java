package io.spanloom.internal;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What modules on the class path (or module path) bring; one that cannot be loaded does not disturb the others. */
public final class Services {

    /** A class loader that cannot be read fails each time that it is asked; so many broken providers are nowhere. */
    private static final int FAILURES = 100;

    private Services() {}

    /**
     * Hands over each provider that a class loader sees.
     *
     * @param taken what it throws counts as a provider that cannot be loaded
     * @param broken is told of each that cannot
     */
    public static <S> void each(
            Class<S> type, @Nullable ClassLoader loader, Consumer<? super S> taken, Consumer<Throwable> broken) {
        Iterator<S> providers = ServiceLoader.load(type, loader).iterator();
        for (int failures = 0; failures < FAILURES; ) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                taken.accept(providers.next());
            } catch (ServiceConfigurationError | RuntimeException | LinkageError failed) {
                failures++;
                broken.accept(failed);
            }
        }
    }
}
