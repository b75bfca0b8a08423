package io.spanloom.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spanloom.Span;
import io.spanloom.annotation.Traced;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import net.bytebuddy.build.BuildLogger;
import net.bytebuddy.build.EntryPoint;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.inline.MethodNameTransformer;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build plugin, called as ByteBuddy's Maven and Gradle plugins call it. */
class BuildTimeTest {

    @TempDir
    Path classes;

    private void compile(String file, String source) throws IOException {
        Path written = Files.createDirectories(classes.resolve("src")).resolve(file);
        Files.writeString(written, source);
        String path = System.getProperty("java.class.path");
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int failed = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        out,
                        out,
                        "-d",
                        classes.toString(),
                        file.startsWith("module-info") ? "--module-path" : "-cp",
                        path,
                        "-Xlint:none",
                        written.toString());
        assertThat(failed).as(said.toString()).isZero();
    }

    private void copy(Class<?>... types) throws IOException {
        for (Class<?> type : types) {
            Path target = classes.resolve(type.getName().replace('.', '/') + ".class");
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.write(target, Objects.requireNonNull(LoadedClasses.bytes(type)));
        }
    }

    private final List<String> said = new ArrayList<>();

    private final class Saying extends BuildLogger.Adapter {
        @Override
        public void info(String message) {
            said.add(message);
        }
    }

    private void build(Class<? extends Plugin> plugin) throws IOException {
        build(plugin, EntryPoint.Default.REBASE);
    }

    private void build(Class<? extends Plugin> plugin, EntryPoint entryPoint) throws IOException {
        Plugin.Engine.Default.of(
                        entryPoint,
                        net.bytebuddy.ClassFileVersion.JAVA_V17,
                        MethodNameTransformer.Suffixing.withRandomSuffix())
                .with(ClassFileLocator.ForClassLoader.of(BuildTimeTest.class.getClassLoader()))
                .withErrorHandlers(Plugin.Engine.ErrorHandler.Failing.FAIL_FAST)
                .apply(
                        classes.toFile(),
                        classes.toFile(),
                        new Plugin.Factory.UsingReflection(plugin)
                                .with(
                                        Plugin.Factory.UsingReflection.ArgumentResolver.ForType.of(
                                                java.io.File.class, classes.toFile()),
                                        Plugin.Factory.UsingReflection.ArgumentResolver.ForType.of(
                                                BuildLogger.class, new Saying())));
    }

    private Map<String, byte[]> built() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path each :
                    all.filter(file -> file.toString().endsWith(".class")).toList()) {
                files.put(classes.relativize(each).toString(), Files.readAllBytes(each));
            }
        }
        return files;
    }

    /** The same class with its constant pool in the order of use: two writers number it differently. */
    private static byte[] canonical(byte[] bytes) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(writer, ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    private void assertSameAsTheAgent(EntryPoint entryPoint) throws IOException {
        copy(
                ShapesTest.Shapes.class,
                ShapesTest.Mood.class,
                ShapesTest.Point.class,
                ShapesTest.Greeter.class,
                CapturesTest.class,
                LoadersTest.Guest.class);
        Map<String, byte[]> before = built();
        build(SpanloomPlugin.class, entryPoint);
        Map<String, byte[]> after = built();
        assertThat(after.keySet()).isEqualTo(before.keySet()).hasSize(6);
        before.forEach((name, bytes) -> assertThat(Arrays.equals(
                        canonical(Objects.requireNonNull(after.get(name))), canonical(new ClassFile(bytes).weave())))
                .as(name)
                .isTrue());
    }

    @Test
    void classesOfABuild_areWhatTheAgentMakesOfThem() throws Exception {
        assertSameAsTheAgent(EntryPoint.Default.DECORATE);
    }

    /** ByteBuddy's own default, which puts jumps around static initializers. */
    @Test
    void classesOfABuildThatRebases_areTheSame() throws Exception {
        assertSameAsTheAgent(EntryPoint.Default.REBASE);
    }

    @Test
    void otherPluginsChangesToTheSameClass_areKept() throws Exception {
        copy(LoadersTest.Guest.class);
        Plugin.Engine.Default.of(
                        EntryPoint.Default.REBASE,
                        net.bytebuddy.ClassFileVersion.JAVA_V17,
                        MethodNameTransformer.Suffixing.withRandomSuffix())
                .with(ClassFileLocator.ForClassLoader.of(BuildTimeTest.class.getClassLoader()))
                .apply(
                        classes.toFile(),
                        classes.toFile(),
                        new Plugin.Factory.Simple(new FieldAdding("before")),
                        new Plugin.Factory.Simple(new SpanloomPlugin(classes.toFile(), BuildLogger.NoOp.INSTANCE)),
                        new Plugin.Factory.Simple(new FieldAdding("after")));
        try (URLClassLoader loader = new GuestFirst(classes.toUri().toURL())) {
            Class<?> guest = loader.loadClass(LoadersTest.Guest.class.getName());
            assertThat(guest.getDeclaredFields())
                    .extracting(java.lang.reflect.Field::getName)
                    .containsExactlyInAnyOrder("before", "after");
            assertThat(Weaver.explain(guest).isWoven()).isTrue();
        }
    }

    private record FieldAdding(String field) implements Plugin {
        @Override
        public boolean matches(TypeDescription type) {
            return true;
        }

        @Override
        public DynamicType.Builder<?> apply(
                DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
            return builder.defineField(field, int.class);
        }

        @Override
        public void close() {}
    }

    @Test
    void wovenClass_isNotWovenAgainByASecondBuildNorByTheAgent() throws Exception {
        copy(ShapesTest.Shapes.class, LoadersTest.Guest.class);
        build(SpanloomPlugin.class);
        Map<String, byte[]> once = built();
        build(SpanloomPlugin.class);
        assertThat(built()).containsExactlyInAnyOrderEntriesOf(once);
        Ledger ledger = new Ledger();
        Transformer agent =
                new Transformer(ledger, new CoreSight(null), new ReportLine(ledger, "test"), new LoaderTypes());
        once.forEach((name, bytes) -> assertThat(
                        agent.transform(getClass().getModule(), getClass().getClassLoader(), name, null, null, bytes))
                .isNull());
    }

    @Test
    void classesWithoutAnnotations_areNotWrittenAnew() throws Exception {
        copy(BuildTimeTest.class, Span.class);
        Map<String, byte[]> before = built();
        build(SpanloomPlugin.class);
        assertThat(built()).containsExactlyInAnyOrderEntriesOf(before);
        assertThat(classes.resolve(AnnotatedClasses.FILE)).doesNotExist();
    }

    @Test
    void index_namesEachAnnotatedClassAndWhetherItIsWoven() throws Exception {
        copy(ShapesTest.Point.class, LoadersTest.Guest.class, BuildTimeTest.class);
        build(SpanloomIndexPlugin.class);
        Path index = classes.resolve(AnnotatedClasses.FILE);
        String guest = LoadersTest.Guest.class.getName();
        String point = ShapesTest.Point.class.getName();
        assertThat(Files.readString(index)).isEqualTo("unwoven " + guest + "\nunwoven " + point + "\n");
        build(SpanloomPlugin.class);
        assertThat(Files.readString(index)).isEqualTo("woven " + guest + "\nwoven " + point + "\n");
    }

    @Test
    void indexAlone_saysHowManyClassesWaitForAWeaver() throws Exception {
        copy(ShapesTest.Point.class, LoadersTest.Guest.class, BuildTimeTest.class);
        build(SpanloomIndexPlugin.class);
        assertThat(said)
                .containsExactly("spanloom: 2 annotated classes are not woven by this build: nothing in them is traced"
                        + " unless the program runs with -javaagent:tracing-agent.jar or calls Weaver.install()");
        build(SpanloomPlugin.class);
        said.clear();
        build(SpanloomIndexPlugin.class);
        assertThat(said).isEmpty();
    }

    interface Priced {
        @Traced
        int price();
    }

    static class Inheriting implements Priced {
        @Override
        public int price() {
            return 1;
        }
    }

    @Test
    void index_namesClassesThatOnlyInheritTheirAnnotations() throws Exception {
        copy(Inheriting.class); // the interface stands for one of a library
        build(SpanloomIndexPlugin.class);
        Path index = classes.resolve(AnnotatedClasses.FILE);
        String inheriting = Inheriting.class.getName();
        assertThat(index).hasContent("unwoven " + inheriting);
        build(SpanloomPlugin.class);
        assertThat(index).hasContent("woven " + inheriting);
    }

    @Test
    void explanationOfABuildWovenClass_saysSo() throws Exception {
        copy(LoadersTest.Guest.class);
        build(SpanloomPlugin.class);
        try (URLClassLoader loader = new GuestFirst(classes.toUri().toURL())) {
            Class<?> guest = loader.loadClass(LoadersTest.Guest.class.getName());
            assertThat(((Callable<?>) guest.getConstructor().newInstance()).call())
                    .isEqualTo("called");
            assertThat(Weaver.explain(guest).methods())
                    .extracting(Explanation.Method::toString)
                    .containsExactly("call(): woven (build-time)");
        }
    }

    /** Has the guest's class itself, and all others from its parent. */
    private static final class GuestFirst extends URLClassLoader {
        GuestFirst(URL url) {
            super(new URL[] {url}, BuildTimeTest.class.getClassLoader());
        }

        @Override
        public URL getResource(String name) {
            return findResource(name);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(LoadersTest.Guest.class.getName()) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    private static final String SHOP =
            "package shop; public class Shop { @io.spanloom.annotation.Traced public void sell() {} }";

    @Test
    void moduleThatDoesNotReadCore_failsTheBuild() throws Exception {
        compile("Shop.java", SHOP);
        compile("module-info.java", "module shop { exports shop; }");
        assertThatThrownBy(() -> build(SpanloomPlugin.class))
                .hasStackTraceContaining("TRC-062")
                .hasStackTraceContaining("add 'requires io.spanloom.core;' to its module-info.java");
    }

    @Test
    void moduleThatReadsCoreAtCompileTimeOnly_failsTheBuild() throws Exception {
        compile("Shop.java", SHOP);
        compile("module-info.java", "module shop { requires static io.spanloom.core; exports shop; }");
        assertThatThrownBy(() -> build(SpanloomPlugin.class)).hasStackTraceContaining("TRC-062");
    }

    @Test
    void moduleThatRequiresTheAnnotations_readsCoreByThem() throws Exception {
        compile("Shop.java", SHOP);
        compile("module-info.java", "module shop { requires io.spanloom.annotations; exports shop; }");
        build(SpanloomPlugin.class);
        assertThat(new ClassFile(Files.readAllBytes(classes.resolve("shop/Shop.class"))).hasWork())
                .isFalse();
        assertThat(List.of(Files.readString(classes.resolve(AnnotatedClasses.FILE))))
                .containsExactly("woven shop.Shop\n");
    }
}
