package io.spanloom.weave;

import java.lang.instrument.Instrumentation;
import java.util.Collections;
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
    private final Set<ClassLoader> complained = Collections.newSetFromMap(new WeakHashMap<>());
    private final @Nullable Instrumentation instrumentation;

    CoreSight(@Nullable Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** Makes a named module read core's, as if its descriptor required it. */
    boolean reaches(@Nullable Module module, ClassLoader loader) {
        boolean visible = isVisible(loader);
        if (visible && module != null && module.isNamed()) {
            letRead(module, loader);
        }
        return visible;
    }

    private void letRead(Module module, ClassLoader loader) {
        try {
            Module core = Class.forName(WovenCode.ENTRY_CLASS, false, loader).getModule();
            if (!module.canRead(core) && instrumentation != null) {
                instrumentation.redefineModule(module, Set.of(core), Map.of(), Map.of(), Set.of(), Map.of());
            }
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone); // the transformer leaves the class alone
        }
    }

    boolean isVisible(ClassLoader loader) {
        synchronized (known) {
            Boolean answer = known.get(loader);
            if (answer != null) {
                return answer;
            }
        }
        // Not under the lock: loading takes the loader's own locks.
        boolean visible;
        try {
            Class.forName(WovenCode.ENTRY_CLASS, false, loader);
            visible = true;
        } catch (ClassNotFoundException | NoClassDefFoundError unseen) {
            visible = false;
        } catch (LinkageError | RuntimeException notNow) {
            return false; // a loader that is just being set up, perhaps: to be asked again
        }
        synchronized (known) {
            known.put(loader, visible);
        }
        return visible;
    }

    /** True once for each loader: it is enough to complain about it once. */
    boolean complainsFirst(ClassLoader loader) {
        synchronized (known) {
            return complained.add(loader);
        }
    }
}
