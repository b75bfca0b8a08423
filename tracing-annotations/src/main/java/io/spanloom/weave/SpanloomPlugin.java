package io.spanloom.weave;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.TypeResolutionStrategy;

/**
 * Weaves while the application is built, so that it needs no agent and no ByteBuddy when it runs.
 *
 * <pre>{@code
 * <plugin>
 *   <groupId>net.bytebuddy</groupId>
 *   <artifactId>byte-buddy-maven-plugin</artifactId>
 *   <executions><execution><goals><goal>transform</goal></goals></execution></executions>
 *   <dependencies>
 *     <dependency>
 *       <groupId>io.spanloom</groupId>
 *       <artifactId>tracing-annotations</artifactId>
 *     </dependency>
 *   </dependencies>
 * </plugin>
 * }</pre>
 *
 * <p>The result is what the agent makes of the same classes, which weaves nothing a second time. It also writes the index
 * of annotated classes, {@code META-INF/spanloom/annotated-classes}, from which tracing tells at its start whether anything
 * was left unwoven.
 *
 * <p>Called by ByteBuddy's build plugins alone, from one thread or several. A class that cannot be woven fails the build, as
 * does a named module that does not require {@code io.spanloom.core}; the messages say what to do.
 */
public final class SpanloomPlugin implements Plugin.WithPreprocessor {

    private final File classes;
    private final BuildLogger logger;
    private final WeaveSettings settings;
    private final KnownTypes types;
    private final Set<String> toWeave = ConcurrentHashMap.newKeySet();
    private volatile ClassFileSource libraries = ClassFileSource.NONE;
    private final Ledger ledger = new Ledger();

    /**
     * Called by the build.
     *
     * @param classes the folder of the classes
     */
    public SpanloomPlugin(File classes, BuildLogger logger) {
        this.classes = classes;
        this.logger = logger;
        this.settings = WeaveSettings.ofFolder(classes);
        this.types = new KnownTypes(settings);
        if (!settings.problems().isEmpty()) {
            throw new IllegalStateException(
                    "TRC-070: " + String.join("\n", settings.problems()) + "\n - see docs/messages.md#trc-070");
        }
    }

    /** All that there is to know is in the class file, which {@link #matches} does not get to see. */
    @Override
    public void onPreprocess(TypeDescription type, ClassFileLocator locator) {
        byte[] bytes = bytes(type, locator);
        ClassFileSource source = source(locator);
        libraries = source;
        if (!types.concern(bytes, source)) {
            return;
        }
        ClassFile file = new ClassFile(bytes, types, source);
        for (MethodPlan plan : file.plans()) {
            if (!plan.isWoven()) {
                logger.info("spanloom: " + file.name() + "." + plan.signature() + " stays as it is: " + plan.remark());
            }
        }
        if (file.hasWork()) {
            ModuleRequirement.check(classes, file.name());
            toWeave.add(type.getName());
        }
    }

    @Override
    public boolean matches(TypeDescription type) {
        return toWeave.contains(type.getName());
    }

    @Override
    public DynamicType.Builder<?> apply(
            DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
        byte[] rebased = new ByteBuddy()
                .rebase(type, locator)
                .make(TypeResolutionStrategy.Disabled.INSTANCE)
                .getBytes();
        ClassFileSource source = source(locator);
        return builder.visit(new BuildTimeVisitor(
                bytes(type, locator), rebased, bytes -> new ClassFile(bytes, types, source), this::woven));
    }

    private void woven(String className, List<MethodPlan> plans) {
        for (MethodPlan plan : plans) {
            if (plan.remark().startsWith("it could not be rewritten")) {
                logger.warn("spanloom: TRC-056: " + className + "." + plan.signature() + " runs untraced: "
                        + plan.remark());
            }
        }
        ledger.enter(SpanloomPlugin.class.getClassLoader(), className, plans);
    }

    /** Last of all: the classes are written. */
    @Override
    public void close() throws IOException {
        WeaveReport report = ledger.report(Weaver.BUILD_TIME);
        if (report.methods() == 0 || isWovenHere()) {
            AnnotatedClasses.write(classes.toPath(), libraries, settings);
        }
        if (report.methods() > 0) {
            logger.info("spanloom: " + report);
        }
        for (String[] each : settings.selection().warnings()) {
            logger.warn("spanloom: " + each[0] + ": " + each[1]);
        }
    }

    /**
     * Whether the folder of the classes is also where they were written to. With Gradle it is not, and is the output of another
     * task, which would run again each time if anything were changed in it.
     */
    private boolean isWovenHere() throws IOException {
        for (String each : toWeave) {
            if (AnnotatedClasses.isWoven(classes.toPath(), each)) {
                return true;
            }
        }
        return false;
    }

    /** The build's own classes, and what they are compiled against. */
    static ClassFileSource source(ClassFileLocator locator) {
        return internalName -> {
            try {
                ClassFileLocator.Resolution found = locator.locate(internalName.replace('/', '.'));
                return found.isResolved() ? found.resolve() : null;
            } catch (IOException | IllegalStateException unreadable) { // the latter: the build has closed its jars
                return null;
            }
        };
    }

    private static byte[] bytes(TypeDescription type, ClassFileLocator locator) {
        try {
            return locator.locate(type.getName()).resolve();
        } catch (IOException unreadable) {
            throw new IllegalStateException("the class file of " + type.getName() + " cannot be read", unreadable);
        }
    }
}
