package io.spanloom.internal;

import io.spanloom.TracingConfig;
import io.spanloom.TracingConfigException;
import io.spanloom.spi.Reporter;
import io.spanloom.spi.SpanListener;
import io.spanloom.spi.SpanListenerProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The listeners that modules on the class path bring; one that cannot be made does not disturb the others. */
public final class SpanListenerProviders {

    private SpanListenerProviders() {}

    /**
     * A listener of each provider that this thread's context loader or core's sees, as far as the configuration wants one.
     *
     * @throws TracingConfigException where one cannot work as configured; those that were made before it are closed
     */
    public static List<SpanListener> listeners(TracingConfig config) {
        Map<String, SpanListenerProvider> found = new LinkedHashMap<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            addAll(found, context);
        }
        addAll(found, SpanListenerProviders.class.getClassLoader());
        List<SpanListener> made = new ArrayList<>();
        try {
            for (SpanListenerProvider provider : found.values()) {
                SpanListener listener = listener(provider, config);
                if (listener != null) {
                    made.add(listener);
                }
            }
        } catch (TracingConfigException problem) {
            made.forEach(SpanListenerProviders::closeQuietly);
            throw problem;
        }
        return made;
    }

    private static void closeQuietly(SpanListener listener) {
        try {
            listener.close();
        } catch (RuntimeException | LinkageError broken) {
            refused(broken);
        }
    }

    private static @Nullable SpanListener listener(SpanListenerProvider provider, TracingConfig config) {
        try {
            return provider.create(config);
        } catch (TracingConfigException problem) {
            throw problem;
        } catch (RuntimeException | LinkageError broken) {
            refused(broken);
            return null;
        }
    }

    private static void addAll(Map<String, SpanListenerProvider> found, @Nullable ClassLoader loader) {
        Services.each(
                SpanListenerProvider.class,
                loader,
                provider -> found.putIfAbsent(provider.getClass().getName(), provider),
                SpanListenerProviders::refused);
    }

    private static void refused(Throwable broken) {
        Reporter.warn("TRC-028", "a listener on the class path cannot be set up; all else goes on without it", broken);
    }
}
