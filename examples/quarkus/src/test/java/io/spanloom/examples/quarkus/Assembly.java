package io.spanloom.examples.quarkus;

import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes {@code target/quarkus-app} of the classes, as {@code quarkus-maven-plugin:build} does, by whatever Maven. */
final class Assembly {

    private Assembly() {}

    /** In a process of its own: Quarkus builds in class loaders of its own, and says much. */
    static void run(Path log) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Assembly.class.getName(),
                        ".")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }

    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]).toAbsolutePath();
        try (CuratedApplication application = QuarkusBootstrap.builder()
                .setMode(QuarkusBootstrap.Mode.PROD)
                .setProjectRoot(project)
                .setApplicationRoot(project.resolve("target/classes"))
                .setTargetDirectory(project.resolve("target"))
                .setBaseName("quarkus-example")
                .setLocalProjectDiscovery(true)
                .build()
                .bootstrap()) {
            application.createAugmentor().createProductionApplication();
        }
    }
}
