package io.spanloom.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The classes that were there before the weaver: those with our annotations are woven by retransforming them. */
final class LoadedClasses {

    /** Both are others in the agent's jar, where they are relocated. */
    private static final String OWN = "io.spanloom.weave.";

    private static final String BYTE_BUDDY = "net.bytebuddy.";

    private LoadedClasses() {}

    /** One by one, so that a class that is refused does not keep back the others. */
    static void retransform(Instrumentation instrumentation, CoreSight core, LoaderTypes types) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = loaded.getClassLoader();
            if (loader == null
                    || loader == ClassLoader.getPlatformClassLoader()
                    || loaded.isArray()
                    || loaded.isHidden()
                    || isOurs(loaded, loader)
                    || !core.isVisible(loader)
                    || !instrumentation.isModifiableClass(loaded)) {
                continue;
            }
            byte[] bytes = bytes(loaded);
            if (bytes == null || !concerns(bytes, loader, types)) {
                continue;
            }
            try {
                instrumentation.retransformClasses(loaded);
            } catch (Exception | LinkageError | InternalError refused) {
                AppLog.warn(
                        "TRC-059",
                        "the class " + loaded.getName()
                                + " was loaded before the weaver, and the JVM does not let it be" + " woven now: "
                                + refused + ". Install the weaver earlier, or use the agent");
            }
        }
    }

    /** The weaver's own, and what came with it in its jar: nothing there is annotated, and to look costs every start. */
    private static boolean isOurs(Class<?> loaded, ClassLoader loader) {
        if (loader != LoadedClasses.class.getClassLoader()) {
            return false;
        }
        String name = loaded.getName();
        boolean mayBe = name.startsWith(OWN) || name.startsWith(BYTE_BUDDY) || name.equals(AgentWeaver.AGENT);
        return mayBe && loaded.getProtectionDomain() == LoadedClasses.class.getProtectionDomain();
    }

    private static boolean concerns(byte[] bytes, ClassLoader loader, LoaderTypes types) {
        try {
            return types.of(loader).concern(bytes, ClassFileSource.of(loader));
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    /** The class file as its loader finds it; null where it does not. */
    static byte @Nullable [] bytes(Class<?> type) {
        String resource = type.getName().replace('.', '/') + ".class";
        ClassLoader loader = type.getClassLoader();
        try (InputStream stream = loader == null
                ? ClassLoader.getSystemResourceAsStream(resource)
                : loader.getResourceAsStream(resource)) {
            return stream == null ? null : stream.readAllBytes();
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }
}
