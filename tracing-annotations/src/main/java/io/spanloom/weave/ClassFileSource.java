package io.spanloom.weave;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where the class files of supertypes and of annotations are found: a class loader, or a build's class path. */
@FunctionalInterface
interface ClassFileSource {

    /** Finds nothing: annotations count where they are written, and only ours. */
    ClassFileSource NONE = internalName -> null;

    /** Null where there is none; may be called while a class is being loaded, so it must load none itself. */
    byte @Nullable [] find(String internalName);

    /** As the loader finds resources. It is asked for no class: what is loaded inside a transformer is never woven. */
    static ClassFileSource of(ClassLoader loader) {
        return internalName -> {
            try (InputStream stream = loader.getResourceAsStream(internalName + ".class")) {
                return stream == null ? null : stream.readAllBytes();
            } catch (IOException | RuntimeException | LinkageError unreadable) {
                return null;
            }
        };
    }
}
