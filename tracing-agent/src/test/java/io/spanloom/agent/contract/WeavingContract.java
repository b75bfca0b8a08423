package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.spanloom.Span;
import io.spanloom.annotation.Traced;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

/** What holds however classes are woven: one program, called in each mode, on each JDK, each time in a JVM of its own. */
abstract class WeavingContract {

    static final Path AGENT = Path.of(System.getProperty("agent.jar", "target/tracing-agent.jar"));

    /** Shapes of {@link ContractApp}, each with its outcomes. */
    static final int CASES = 28 * ContractApp.OUTCOMES.size();

    @TempDir
    Path temporary;

    /** The program's classes, alone in a folder. */
    Path classes;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    /** Makes of the compiler's classes what this mode runs. */
    abstract void prepare(Path compiled) throws IOException;

    /** Options of the JVM, and what else has to be on its path. */
    abstract Program program(Jdk jdk, boolean modular) throws IOException;

    /** Words for {@link ContractApp}. */
    abstract List<String> orders();

    /** Lines on standard error that this mode cannot help. */
    boolean isExcused(String line) {
        return false;
    }

    @BeforeEach
    void copyTheProgram() throws IOException {
        classes = Files.createDirectories(temporary.resolve("classes"));
        copyTheProgram(classes);
    }

    static void copyTheProgram(Path classes) throws IOException {
        for (Class<?> type : List.of(ContractApp.class, Asking.class, Loaders.class, Guest.class, Lodger.class)) {
            Path folder = Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .resolve("io/spanloom/agent/contract");
            try (Stream<Path> all = Files.list(folder)) {
                for (Path each : all.filter(file ->
                                file.getFileName().toString().matches(type.getSimpleName() + "(\\$.*)?\\.class"))
                        .toList()) {
                    Path target = classes.resolve("io/spanloom/agent/contract");
                    Files.createDirectories(target);
                    Files.copy(each, target.resolve(each.getFileName()));
                }
            }
        }
    }

    /** Core, the annotations, and nothing else. */
    static List<Path> libraries() {
        return Program.placesOf(Span.class, Traced.class, Logger.class);
    }

    Program.Run onClassPath(Jdk jdk, List<String> jvm, String... more) throws Exception {
        prepare(classes);
        List<Path> path = new ArrayList<>(List.of(classes));
        path.addAll(libraries());
        path.addAll(morePath());
        return program(jdk, false)
                .with(jvm.toArray(String[]::new))
                .path("-cp", path)
                .with(ContractApp.class.getName())
                .with(orders().toArray(String[]::new))
                .with(more)
                .run();
    }

    List<Path> morePath() {
        return List.of();
    }

    static Map<String, String> table(String output) {
        Map<String, String> table = new LinkedHashMap<>();
        for (String line : output.lines().toList()) {
            int colon = line.lastIndexOf(": ");
            if (colon > 0 && ContractApp.OUTCOMES.contains(line.substring(line.lastIndexOf(' ', colon) + 1, colon))) {
                table.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return table;
    }

    @TestFactory
    Stream<DynamicNode> shapeTimesOutcome_behavesAsUntracedAndIsRecorded() throws Exception {
        List<DynamicNode> all = new ArrayList<>();
        for (Jdk jdk : jdks()) {
            Program.Run run = onClassPath(jdk, List.of());
            Map<String, String> table = table(run.out());
            List<DynamicNode> tests = new ArrayList<>();
            tests.add(dynamicTest(
                    "all cases",
                    () -> assertThat(table).as(run.out() + run.err()).hasSize(CASES)));
            table.forEach((name, verdict) ->
                    tests.add(dynamicTest(name, () -> assertThat(verdict).isEqualTo("ok"))));
            tests.add(dynamicTest("nothing on standard error", () -> assertQuiet(run)));
            all.add(dynamicContainer(jdk.toString(), tests));
            ContractTable.write(getClass().getSimpleName().replace("IT", ""), jdk, table);
        }
        return all.stream();
    }

    /** No warning of the JVM's, of Unsafe or of anything else, but for what a mode cannot help; none of ours. */
    private void assertQuiet(Program.Run run) {
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()
                        .lines()
                        .filter(line -> !line.startsWith("SLF4J") && !line.startsWith("spanloom: woven "))
                        .filter(line -> !isExcused(line)))
                .isEmpty();
    }

    static void assertAllOk(Program.Run run) {
        assertThat(table(run.out()))
                .as(run.out() + run.err())
                .hasSize(CASES)
                .allSatisfy((name, verdict) -> assertThat(verdict).as(name).isEqualTo("ok"));
    }

    /** JDK 24 and later warn of terminally deprecated methods of Unsafe, of restricted methods, and of attachment. */
    @Test
    void newestJdk_warnsOfNothingThatTheDocumentationDoesNotName() throws Exception {
        Jdk newest = jdks().get(jdks().size() - 1);
        assumeTrue(newest.version() >= 24, "no JDK that would warn is installed beside this one: 24 or later");
        Program.Run run = onClassPath(newest, List.of(), "loaders");
        assertThat(run.err().lines().filter(line -> line.startsWith("WARNING: ") && !isExcused(line)))
                .isEmpty();
        assertThat(run.out() + run.err())
                .contains("parallel threads: ")
                .doesNotContain("sun.misc.Unsafe")
                .doesNotContain("terminally deprecated")
                .doesNotContain("restricted method");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void namedModule_isTheSame(Jdk jdk) throws Exception {
        Path source = temporary.resolve("module-info.java");
        Files.writeString(
                source, "module guest { requires io.spanloom.annotations; exports io.spanloom.agent.contract; }");
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said);
        String path = String.join(
                java.io.File.pathSeparator,
                libraries().stream().map(Path::toString).toList());
        int failed = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(to, to, "--release", "17", "-d", classes.toString(), "-p", path, source.toString());
        assertThat(failed).as(said.toString()).isZero();
        prepare(classes);
        List<Path> modules = new ArrayList<>(List.of(classes));
        modules.addAll(libraries());
        modules.addAll(morePath());
        Program.Run run = program(jdk, true)
                .path("-p", modules)
                .with("-m", "guest/" + ContractApp.class.getName())
                .with(orders().toArray(String[]::new))
                .run();
        assertThat(run.out()).as(run.err()).contains("module: guest");
        assertAllOk(run);
        assertQuiet(run);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void retransformationByASecondAgent_keepsEverythingWoven(Jdk jdk) throws Exception {
        assertStillWoven(onClassPath(jdk, List.of("-javaagent:" + secondAgent(temporary)), "again"));
    }

    static Path secondAgent(Path folder) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String name : List.of(SecondAgent.class.getName(), SecondAgent.class.getName() + "$1")) {
            entries.put(Jars.entry(name), Jars.classFile(name));
        }
        return Jars.write(
                folder.resolve("second.jar"),
                Map.of("Premain-Class", SecondAgent.class.getName(), "Can-Retransform-Classes", "true"),
                entries);
    }

    static void assertStillWoven(Program.Run run) {
        assertThat(run.out()).contains("after retransformation").doesNotContain("refused: ");
        String after = run.out().substring(run.out().indexOf("after retransformation"));
        assertThat(table(after))
                .hasSize(CASES)
                .allSatisfy((name, verdict) -> assertThat(verdict).as(name).isEqualTo("ok"));
        assertAllOk(run);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void loadersOfAContainer_areServed(Jdk jdk) throws Exception {
        Program.Run run = onClassPath(jdk, List.of(), "loaders");
        assertThat(run.out()).as(run.err()).contains("parallel loader: called 1 spans");
        assertThat(run.out()).as("woven once, whoever loads first").contains("parallel threads: 200 calls 200 spans");
        assertBlindLoader(run);
    }

    /** A loader that does not see core. */
    void assertBlindLoader(Program.Run run) {
        assertThat(run.out()).contains("blind loader: called 0 spans");
        assertThat(run.err()).containsOnlyOnce("TRC-058");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void classFileBeforeInvokedynamic_runsUntracedAndIsExplained(Jdk jdk) throws Exception {
        Files.createDirectories(classes.resolve("old"));
        Files.write(classes.resolve("old/Old.class"), oldClass());
        Program.Run run = onClassPath(jdk, List.of(), "explain");
        assertThat(run.out()).as(run.err()).contains("old returns 6").contains(explanationOfOld());
    }

    String explanationOfOld() {
        return "old(): not woven: its class file is of version 50, and invokedynamic needs 51: compile it for Java 7 or later";
    }

    private static byte[] oldClass() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V1_6, Opcodes.ACC_PUBLIC, "old/Old", null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "old", "()I", null, null);
        method.visitAnnotation("Lio/spanloom/annotation/Traced;", true).visitEnd();
        method.visitCode();
        method.visitIntInsn(Opcodes.BIPUSH, 6);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
