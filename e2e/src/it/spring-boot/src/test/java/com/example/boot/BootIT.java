package com.example.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The repackaged jar, run as a user runs it: {@code java -jar}. */
class BootIT {

    private static final Path TARGET = Path.of("target");

    /** This JVM's home, and that of the newest JDK beside it. */
    static List<Path> jdks() throws Exception {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        Path newest = own;
        try (Stream<Path> siblings = Files.list(own.getParent())) {
            for (Path each : siblings.filter(home -> Files.isExecutable(home.resolve("bin/javac"))).toList()) {
                newest = version(each) > version(newest) ? each : newest;
            }
        }
        return newest.equals(own) ? List.of(own) : List.of(own, newest);
    }

    private static int version(Path home) throws Exception {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release)) {
            return 0;
        }
        Properties properties = new Properties();
        try (InputStream stream = Files.newInputStream(release)) {
            properties.load(stream);
        }
        return Runtime.Version.parse(properties.getProperty("JAVA_VERSION", "1").replace("\"", "")).feature();
    }

    private static String run(Path jdk, List<String> options, String jar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                jdk.resolve("bin/java").toString(), "-Dstdout.encoding=UTF-8", "-Dfile.encoding=UTF-8"));
        command.addAll(options);
        command.addAll(List.of("-jar", TARGET.resolve(jar).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("ordered book"), output);
        assertTrue(output.contains("loader: LaunchedClassLoader"), output);
        return output;
    }

    private static void assertTraced(String output, String mode) {
        assertTrue(output.contains("order(String): woven (" + mode + ")"), output);
        assertTrue(output.matches("(?s).*Shop\\.order .*article=book.*"), output);
        assertTrue(output.contains("└─ reserve"), output);
        assertFalse(output.contains("TRC-"), output);
    }

    private static void assertReported(String output, String mode) {
        assertTrue(output.contains("woven 2 methods in 1 class (" + mode + ")"), output);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void noWeaver_isUntracedAndSaid(Path jdk) throws Exception {
        String output = run(jdk, List.of(), "app-plain.jar");
        assertTrue(output.contains("order(String): not woven: the weaver is not installed"), output);
        assertFalse(output.contains("Shop.order "), output);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void javaagent_weavesIt(Path jdk) throws Exception {
        String output = run(jdk, List.of("-javaagent:" + TARGET.resolve("tracing-agent.jar")), "app-plain.jar");
        assertTraced(output, "javaagent");
        assertReported(output, "javaagent");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void launcherAgentClass_weavesItWithoutAFlag(Path jdk) throws Exception {
        String output = run(jdk, List.of(), "app-agent.jar");
        assertTraced(output, "javaagent");
        assertReported(output, "javaagent");
        assertFalse(output.contains("WARNING"), output);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void installation_weavesIt(Path jdk) throws Exception {
        String output = run(jdk, List.of(), "app-plain.jar", "install");
        assertTraced(output, "self-attached");
        assertReported(output, "self-attached");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void buildTime_needsNothingAtRunTime(Path jdk) throws Exception {
        String output = run(jdk, List.of(), "app.jar");
        assertTraced(output, "build-time");
        assertFalse(output.contains("WARNING"), output);
    }
}
