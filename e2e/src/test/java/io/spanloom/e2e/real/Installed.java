package io.spanloom.e2e.real;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Where {@code e2e/real/install} has put what. */
public final class Installed {

    private static final Properties FOUND = read();

    private Installed() {}

    private static Properties read() {
        Path file = Path.of("target", "real.properties");
        Properties found = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            found.load(reader);
        } catch (IOException missing) {
            throw new UncheckedIOException("run e2e/real/install first: " + file.toAbsolutePath(), missing);
        }
        return found;
    }

    static String python() {
        return FOUND.getProperty("python");
    }

    static String node() {
        return FOUND.getProperty("node");
    }

    static String nodeModules() {
        return FOUND.getProperty("node.modules");
    }

    /** The real X-Ray daemon; empty where it could not be installed. */
    static String daemon() {
        return FOUND.getProperty("daemon", "");
    }

    /** The AWS CLI, beside Python. */
    static String aws() {
        return Path.of(python()).resolveSibling("aws").toString();
    }

    /** Why the daemon could not. */
    static String daemonAbsent() {
        return FOUND.getProperty("daemon.absent", "");
    }

    /** The OpenTelemetry Collector with X-Ray's receiver and exporter; empty where it could not be built. */
    public static String collector() {
        return FOUND.getProperty("collector", "");
    }

    /** Why it could not. */
    public static String collectorAbsent() {
        return FOUND.getProperty("collector.absent", "");
    }

    /** What reads compose.yml and kubernetes.yml as Docker Compose and Kubernetes do; empty where it could not be built. */
    static String files() {
        return FOUND.getProperty("files", "");
    }

    /** A JVM with the class path of these tests. */
    static List<String> java(Class<?> main, String... arguments) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
