package io.spanloom.weave;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** What is known of the types that each class loader sees. Keeps no loader alive. */
final class LoaderTypes {

    /** One loader's, of which most classes come in a row. */
    private record Last(WeakReference<ClassLoader> loader, KnownTypes types) {}

    private final Map<ClassLoader, KnownTypes> known = new WeakHashMap<>();
    private volatile @Nullable Last last;

    KnownTypes of(ClassLoader loader) {
        Last recent = last;
        if (recent != null && recent.loader.refersTo(loader)) {
            return recent.types;
        }
        KnownTypes types = find(loader);
        last = new Last(new WeakReference<>(loader), types);
        return types;
    }

    private KnownTypes find(ClassLoader loader) {
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
