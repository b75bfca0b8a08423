package io.spanloom.weave;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where the class files of supertypes and of annotations are found: a class loader, or a build's class path. */
@FunctionalInterface
interface ClassFileSource {

    /** Finds nothing: annotations count where they are written, and only ours. */
    ClassFileSource NONE = new Nowhere();

    /** Where nothing is. */
    record Nowhere() implements ClassFileSource {
        @Override
        public byte @Nullable [] find(String internalName) {
            return null;
        }
    }

    /** Null where there is none; may be called while a class is being loaded, so it must load none itself. */
    byte @Nullable [] find(String internalName);

    /** As the loader finds resources. It is asked for no class: what is loaded inside a transformer is never woven. */
    static ClassFileSource of(ClassLoader loader) {
        return new OfLoader(loader);
    }

    /** A class, not a lambda, of which the first costs a start several milliseconds. */
    record OfLoader(ClassLoader loader) implements ClassFileSource {
        @Override
        public byte @Nullable [] find(String internalName) {
            try (InputStream stream = loader.getResourceAsStream(internalName.concat(".class"))) {
                return stream == null ? null : stream.readAllBytes();
            } catch (IOException | RuntimeException | LinkageError unreadable) {
                return null;
            }
        }
    }
}
