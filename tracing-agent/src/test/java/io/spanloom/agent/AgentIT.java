package io.spanloom.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.Span;
import io.spanloom.agent.app.App;
import io.spanloom.annotation.Traced;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The packed agent, in a JVM of its own. */
class AgentIT {

    private static final Path AGENT = Path.of(System.getProperty("agent.jar", "target/tracing-agent.jar"));

    @TempDir
    Path temporary;

    private record Run(int exit, String out) {}

    /** The places of classes, as a class path. */
    private static String path(Class<?>... classes) {
        return Arrays.stream(classes)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Run java(List<String> options, String classPath, String main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        Path output = temporary.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TRACING_") || name.startsWith("JAVA_"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private Run app(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("-javaagent:" + AGENT));
        all.addAll(List.of(options));
        return java(all, path(App.class, Traced.class, Span.class, Logger.class), App.class.getName(), "ask");
    }

    @Test
    void annotatedApplication_isTracedAndOtherwiseTheSame() throws Exception {
        Run run = app("-Dtracing.backend=log");
        assertThat(run.exit).isEqualTo(7);
        assertThat(run.out)
                .contains("ran for andrewbrown")
                .contains("same object: true")
                .containsPattern("App\\.run .*user_handle=andrewbrown")
                .contains("└─ inner")
                .containsPattern("failing .*boom")
                .containsOnlyOnce("spanloom: woven 3 methods in 1 class (javaagent)")
                .doesNotContain("TRC-05");
    }

    @Test
    void applicationsOwnWeaver_answersForTheAgent() throws Exception {
        assertThat(app("-Dtracing.backend=none").out)
                .contains("Installation[installed=true, mode=javaagent")
                .contains("run(String): woven (javaagent)")
                .containsPattern("(?m)^woven 3 methods in 1 class \\(javaagent\\)$");
    }

    @Test
    void brokenConfiguration_leavesTheApplicationUnharmed() throws Exception {
        Run run = app("-Dtracing.backend=nonsense");
        assertThat(run.exit).isEqualTo(7);
        assertThat(run.out)
                .contains("ran for andrewbrown")
                .contains("same object: true")
                .contains("TRC-002");
    }

    @Test
    void classPathWithoutCore_leavesTheClassesAlone() throws Exception {
        Run run = java(List.of("-javaagent:" + AGENT), path(App.class), App.class.getName());
        assertThat(run.exit).isEqualTo(7);
        assertThat(run.out)
                .contains("ran for andrewbrown")
                .contains("same object: true")
                .containsOnlyOnce("TRC-058")
                .doesNotContain("woven 3");
    }

    @Test
    void selfAttachmentThatTheJvmRefuses_isOneLineWithItsCure() throws Exception {
        Run run = attaching("-XX:+DisableAttachMechanism");
        assertThat(run.exit).isEqualTo(7);
        assertThat(run.out)
                .contains("ran for andrewbrown")
                .containsOnlyOnce("TRC-057")
                .contains("-javaagent:tracing-agent.jar")
                .contains("Installation[installed=false, mode=none")
                .contains("run(String): not woven: annotated methods are not traced: this JVM does not let a program")
                .doesNotContain("\tat ");
    }

    @Test
    void selfAttachmentAfterTheFirstCalls_weavesWhatIsLoaded() throws Exception {
        Run run = attaching("-Djdk.attach.allowAttachSelf=true");
        assertThat(run.exit).isEqualTo(7);
        assertThat(run.out)
                .contains("Installation[installed=true, mode=self-attached")
                .contains("run(String): woven (self-attached)");
    }

    @Test
    void selfAttachmentWithoutByteBuddy_isOneLineWithItsCure() throws Exception {
        Run run = java(
                List.of("-Dtracing.backend=none"),
                path(App.class, Traced.class, Span.class, Logger.class),
                App.class.getName(),
                "ask");
        assertThat(run.exit).isEqualTo(7);
        assertThat(run.out).containsOnlyOnce("TRC-057").contains("byte-buddy-agent have to be on the class path");
    }

    private Run attaching(String option) throws Exception {
        return java(
                List.of(option, "-Dtracing.backend=none"),
                path(App.class, Traced.class, Span.class, Logger.class, ClassReader.class, ByteBuddyAgent.class),
                App.class.getName(),
                "ask");
    }

    @Test
    void applicationWithByteBuddyOfItsOwn_isNotDisturbed() throws Exception {
        Run run = java(
                List.of("-javaagent:" + AGENT, "-Dtracing.backend=log"),
                path(App.class, Traced.class, Span.class, Logger.class, ClassReader.class),
                App.class.getName());
        assertThat(run.exit).isEqualTo(7);
        assertThat(run.out).contains("└─ inner");
    }

    @Test
    void programWithoutAnnotations_isNotTouchedAndNothingIsSaid() throws Exception {
        Run run = java(List.of("-javaagent:" + AGENT), path(App.class), Silent.class.getName());
        assertThat(run.out).isEqualTo("silent" + System.lineSeparator());
    }

    /** Says one word. */
    static final class Silent {
        public static void main(String[] args) {
            System.out.println("silent");
        }
    }

    @Test
    void agentJar_hasNoNameOfCoreOrOfOthers() throws IOException {
        try (JarFile jar = new JarFile(AGENT.toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("io/spanloom/agent/"));
            assertThat(jar.getManifest().getMainAttributes())
                    .containsEntry(new java.util.jar.Attributes.Name("Can-Retransform-Classes"), "true");
        }
        assertThat(Files.size(AGENT)).isLessThan(1_000_000);
    }
}
