package io.spanloom.weave;

import java.io.File;
import java.io.IOException;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;

/**
 * Weaves nothing, but writes the index of annotated classes: for builds whose classes are woven when they run, by the agent
 * or by {@link Weaver#install()}. If one day neither does, tracing says so at its start (TRC-061), instead of nothing at all.
 * A program that has nothing but annotations never starts it, so the build says how many classes wait for a weaver.
 *
 * <pre>{@code
 * <transformation>
 *   <plugin>io.spanloom.weave.SpanloomIndexPlugin</plugin>
 *   ...
 * }</pre>
 */
public final class SpanloomIndexPlugin implements Plugin.WithPreprocessor {

    private final File classes;
    private final BuildLogger logger;
    private volatile ClassFileSource libraries = ClassFileSource.NONE;

    /**
     * Called by the build.
     *
     * @param classes the folder of the classes
     */
    public SpanloomIndexPlugin(File classes, BuildLogger logger) {
        this.classes = classes;
        this.logger = logger;
    }

    /** Keeps what the build is compiled against: annotations are inherited from there, too. */
    @Override
    public void onPreprocess(TypeDescription type, ClassFileLocator locator) {
        libraries = SpanloomPlugin.source(locator);
    }

    @Override
    public boolean matches(TypeDescription type) {
        return false;
    }

    @Override
    public DynamicType.Builder<?> apply(
            DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
        return builder;
    }

    @Override
    public void close() throws IOException {
        int unwoven = AnnotatedClasses.write(classes.toPath(), libraries, WeaveSettings.ofFolder(classes));
        if (unwoven > 0) {
            logger.info("spanloom: " + unwoven + (unwoven == 1 ? " annotated class is" : " annotated classes are")
                    + " not woven by this build: nothing in them is traced unless the program runs with"
                    + " -javaagent:tracing-agent.jar or calls Weaver.install()");
        }
    }
}
