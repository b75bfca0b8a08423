package io.spanloom.weave;

import java.util.Map;
import java.util.WeakHashMap;

/** What is known of the types that each class loader sees. Keeps no loader alive. */
final class LoaderTypes {

    private final Map<ClassLoader, KnownTypes> known = new WeakHashMap<>();

    KnownTypes of(ClassLoader loader) {
        synchronized (known) {
            KnownTypes types = known.get(loader);
            if (types != null) {
                return types;
            }
        }
        // Not under the lock: it asks the loader for a resource.
        KnownTypes fresh = new KnownTypes(WeaveSettings.of(loader));
        synchronized (known) {
            KnownTypes types = known.get(loader);
            if (types == null) {
                types = fresh;
                known.put(loader, types);
            }
            return types;
        }
    }
}
