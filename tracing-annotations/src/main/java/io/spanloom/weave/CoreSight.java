package io.spanloom.weave;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the classes of a loader can see the core that woven bytecode calls. Where they cannot, the class is left alone:
 * nothing is ever put into an application's class loaders.
 */
final class CoreSight {

    private final Map<ClassLoader, Boolean> known = new WeakHashMap<>();
    private final @Nullable Instrumentation instrumentation;

    CoreSight(@Nullable Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Makes a named module read core's, as if its descriptor required it. */
    boolean reaches(@Nullable Module module, ClassLoader loader) {
        boolean visible = isVisible(loader);
        if (visible && module != null && module.isNamed()) {
            Class<?> entry = entry(loader);
            if (entry != null && !module.canRead(entry.getModule()) && instrumentation != null) {
                instrumentation.redefineModule(
                        module, Set.of(entry.getModule()), Map.of(), Map.of(), Set.of(), Map.of());
            }
        }
        return visible;
    }

    boolean isVisible(ClassLoader loader) {
        synchronized (known) {
            Boolean answer = known.get(loader);
            if (answer != null) {
                return answer;
            }
        }
        // Not under the lock: loading takes the loader's own locks.
        boolean visible = entry(loader) != null;
        synchronized (known) {
            known.put(loader, visible);
        }
        return visible;
    }

    private static @Nullable Class<?> entry(ClassLoader loader) {
        try {
            return Class.forName(WovenCode.ENTRY_CLASS, false, loader);
        } catch (ClassNotFoundException | LinkageError | RuntimeException unseen) {
            return null;
        }
    }
}
