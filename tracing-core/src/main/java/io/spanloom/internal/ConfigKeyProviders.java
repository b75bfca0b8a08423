package io.spanloom.internal;

import io.spanloom.ConfigKey;
import io.spanloom.spi.ConfigKeyProvider;
import io.spanloom.spi.Reporter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the modules on the class path that are no backends can be told. */
public final class ConfigKeyProviders {

    private ConfigKeyProviders() {}

    /** As seen from this thread's context loader, and from core's where that sees none. */
    public static List<ConfigKey<?>> keys() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        List<ConfigKey<?>> keys = context == null ? List.of() : from(context);
        return keys.isEmpty() ? from(ConfigKeyProviders.class.getClassLoader()) : keys;
    }

    private static List<ConfigKey<?>> from(@Nullable ClassLoader loader) {
        List<ConfigKey<?>> keys = new ArrayList<>();
        Services.each(
                ConfigKeyProvider.class,
                loader,
                provider -> keys.addAll(provider.keys()),
                broken -> Reporter.warn("TRC-011", "a module's configuration keys cannot be read", broken));
        return keys;
    }
}
