package io.spanloom.agent.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM of its own, to be run once. */
final class Program {

    /** What a run left behind. */
    record Run(int exit, String out, String err) {}

    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    Program(Jdk jdk) {
        command.add(jdk.java().toString());
        command.add("-Dstdout.encoding=UTF-8");
        command.add("-Dfile.encoding=UTF-8");
    }

    Program with(String... words) {
        command.addAll(List.of(words));
        return this;
    }

    Program environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Program path(String option, List<Path> path) {
        return with(option, path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    /** Where classes are. */
    static List<Path> placesOf(Class<?>... classes) {
        return Arrays.stream(classes)
                .map(type -> Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().getPath()))
                .distinct()
                .toList();
    }

    Run run() throws IOException, InterruptedException {
        Path out = Files.createTempFile("program", ".out");
        Path err = Files.createTempFile("program", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("TRACING_")
                            || name.startsWith("JAVA_")
                            || name.startsWith("JDK_")
                            || name.startsWith("OTEL_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            return new Run(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
