package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.build.EntryPoint;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.inline.MethodNameTransformer;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The build plugin, called as the task of ByteBuddy's Gradle plugin calls it: from one folder, which is another task's output,
 * to another; supertypes from the files of the compile class path; every check of the engine on.
 */
class GradleEngineTest {

    @TempDir
    Path folder;

    private void copy(Path source, Class<?>... types) throws IOException {
        for (Class<?> type : types) {
            Path target = source.resolve(type.getName().replace('.', '/') + ".class");
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.write(target, Objects.requireNonNull(LoadedClasses.bytes(type)));
        }
    }

    private static Plugin.Engine.Summary transform(Path source, Path target) throws IOException {
        List<ClassFileLocator> compileClassPath = new ArrayList<>();
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
            File file = new File(each);
            if (file.exists()) {
                compileClassPath.add(
                        file.isFile() ? ClassFileLocator.ForJarFile.of(file) : new ClassFileLocator.ForFolder(file));
            }
        }
        try (ClassFileLocator locator = new ClassFileLocator.Compound(compileClassPath)) {
            return Plugin.Engine.Default.of(
                            EntryPoint.Default.DECORATE,
                            ClassFileVersion.JAVA_V17,
                            MethodNameTransformer.Suffixing.withRandomSuffix())
                    .with(Plugin.Engine.PoolStrategy.Default.FAST)
                    .with(locator)
                    .withErrorHandlers(
                            Plugin.Engine.ErrorHandler.Enforcing.ALL_TYPES_RESOLVED,
                            Plugin.Engine.ErrorHandler.Enforcing.NO_LIVE_INITIALIZERS,
                            Plugin.Engine.ErrorHandler.Failing.FAIL_FAST)
                    .with(Plugin.Engine.Dispatcher.ForSerialTransformation.Factory.INSTANCE)
                    .apply(
                            new Plugin.Engine.Source.ForFolder(source.toFile()),
                            new Plugin.Engine.Target.ForFolder(target.toFile()),
                            List.of(new Plugin.Factory.UsingReflection(SpanloomPlugin.class)
                                    .with(
                                            Plugin.Factory.UsingReflection.ArgumentResolver.ForType.of(
                                                    File.class, source.toFile()),
                                            Plugin.Factory.UsingReflection.ArgumentResolver.ForType.of(
                                                    BuildLogger.class, BuildLogger.NoOp.INSTANCE))));
        }
    }

    private static Map<String, byte[]> files(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(each).toString(), Files.readAllBytes(each));
            }
        }
        return files;
    }

    /** With its constant pool in the order of use: two writers number it differently. */
    private static byte[] canonical(byte[] bytes) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(writer, ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    @Test
    void classesOfAFolder_areWovenIntoTheOther_andTheFirstIsLeftAsItWas() throws IOException {
        Path source = folder.resolve("compiled");
        Path target = folder.resolve("woven");
        // Inheriting has its annotation from an interface that is on the class path only.
        copy(source, ShapesTest.Shapes.class, LoadersTest.Guest.class, LoadersTest.Inheriting.class, Ledger.class);
        Map<String, byte[]> before = files(source);

        Plugin.Engine.Summary summary = transform(source, target);

        assertThat(summary.getTransformed()).hasSize(3);
        Map<String, byte[]> after = files(target);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        ClassFileSource libraries = ClassFileSource.of(getClass().getClassLoader());
        before.forEach((name, bytes) -> {
            KnownTypes types = new KnownTypes();
            byte[] expected = types.concern(bytes, libraries) ? new ClassFile(bytes, types, libraries).weave() : bytes;
            assertThat(canonical(Objects.requireNonNull(after.get(name))))
                    .as(name)
                    .isEqualTo(canonical(expected));
        });
        Map<String, byte[]> now = files(source);
        assertThat(now.keySet()).isEqualTo(before.keySet());
        before.forEach((name, bytes) -> assertThat(now.get(name)).as(name).isEqualTo(bytes));
    }
}
