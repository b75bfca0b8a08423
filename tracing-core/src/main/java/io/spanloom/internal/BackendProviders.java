package io.spanloom.internal;

import io.spanloom.spi.BackendProvider;
import io.spanloom.spi.Reporter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The backends on the class path (or module path); one that cannot be loaded does not disturb the others. */
public final class BackendProviders {

    private BackendProviders() {}

    /** Each provider once, the first of a name winning, as seen from this thread's context loader and from core's. */
    public static List<BackendProvider> find() {
        Map<String, BackendProvider> found = new LinkedHashMap<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            addAll(found, context);
        }
        addAll(found, BackendProviders.class.getClassLoader());
        return new ArrayList<>(found.values());
    }

    private static void addAll(Map<String, BackendProvider> found, @Nullable ClassLoader loader) {
        Services.each(
                BackendProvider.class,
                loader,
                provider -> add(found, provider),
                broken -> Reporter.warn(
                        "TRC-005",
                        "a backend on the class path cannot be loaded; the others are not affected",
                        broken));
    }

    private static void add(Map<String, BackendProvider> found, BackendProvider provider) {
        BackendProvider first = found.putIfAbsent(provider.name(), provider);
        if (first != null && first.getClass() != provider.getClass() && isOther(first, provider)) {
            Reporter.warn(
                    "TRC-004",
                    "two providers register the backend '" + provider.name() + "': "
                            + first.getClass().getName() + " is used, "
                            + provider.getClass().getName() + " is not");
        }
    }

    /** Two loaders may each bring the same class. */
    private static boolean isOther(BackendProvider first, BackendProvider second) {
        return !first.getClass().getName().equals(second.getClass().getName());
    }
}
