package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An executable jar that brings the agent in itself: {@code java -jar app.jar}, and no flag. */
class LauncherAgentIT {

    @TempDir
    Path temporary;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    static Map<String, byte[]> agent() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (JarFile agent = new JarFile(WeavingContract.AGENT.toFile())) {
            for (Enumeration<JarEntry> all = agent.entries(); all.hasMoreElements(); ) {
                JarEntry each = all.nextElement();
                if (each.getName().endsWith(".class")) {
                    try (InputStream stream = agent.getInputStream(each)) {
                        entries.put(each.getName(), stream.readAllBytes());
                    }
                }
            }
        }
        return entries;
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void jarWithTheAgentsClasses_isWovenWithoutAFlag(Jdk jdk) throws Exception {
        Path classes = temporary.resolve("classes");
        WeavingContract.copyTheProgram(classes);
        Map<String, byte[]> entries = agent();
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(each).toString().replace('\\', '/'), Files.readAllBytes(each));
            }
        }
        Path jar = Jars.write(
                temporary.resolve("app.jar"),
                Map.of(
                        "Main-Class",
                        ContractApp.class.getName(),
                        "Launcher-Agent-Class",
                        "io.spanloom.agent.SpanloomAgent",
                        "Can-Retransform-Classes",
                        "true",
                        "Class-Path",
                        WeavingContract.libraries().stream()
                                .map(each -> each.toUri().toString())
                                .collect(Collectors.joining(" "))),
                entries);
        Program.Run run = new Program(jdk).with("-jar", jar.toString()).run();
        assertThat(run.exit()).as(run.err()).isZero();
        WeavingContract.assertAllOk(run);
        assertThat(run.err())
                .contains("spanloom: woven")
                .doesNotContain("WARNING")
                .doesNotContain("TRC-");
    }

    /** The layout of a Spring Boot jar: launcher and agent in front, the program and core in a loader behind them. */
    @ParameterizedTest
    @MethodSource("jdks")
    void programInALoaderBehindTheLauncher_isWovenAgainstTheCoreThatItSees(Jdk jdk) throws Exception {
        Path classes = temporary.resolve("classes");
        WeavingContract.copyTheProgram(classes);
        Map<String, byte[]> entries = agent();
        String launcher = Launcher.class.getName();
        entries.put(Jars.entry(launcher), Jars.classFile(launcher));
        Path jar = Jars.write(
                temporary.resolve("boot.jar"),
                Map.of(
                        "Main-Class", launcher,
                        "Launcher-Agent-Class", "io.spanloom.agent.SpanloomAgent",
                        "Can-Retransform-Classes", "true"),
                entries);
        Program program =
                new Program(jdk).with("-jar", jar.toString(), classes.toUri().toString());
        WeavingContract.libraries().forEach(each -> program.with(each.toUri().toString()));
        Program.Run run = program.run();
        assertThat(run.exit()).as(run.err()).isZero();
        WeavingContract.assertAllOk(run);
        assertThat(run.err())
                .contains("spanloom: woven")
                .doesNotContain("WARNING")
                .doesNotContain("TRC-");
    }
}
