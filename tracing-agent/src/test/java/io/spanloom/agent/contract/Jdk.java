package io.spanloom.agent.contract;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** A Java installation of this machine. */
record Jdk(Path home, int version) {

    Path java() {
        return home.resolve("bin").resolve("java");
    }

    /** This JVM's own, and the newest of those that are installed beside it, where that is another. */
    static List<Jdk> all() {
        Jdk own = new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
        List<Jdk> all = new ArrayList<>(List.of(own));
        try (Stream<Path> siblings = Files.list(own.home.toRealPath().getParent())) {
            siblings.filter(each -> Files.isExecutable(each.resolve("bin/javac")))
                    .map(each -> new Jdk(each, versionOf(each)))
                    .max(Comparator.comparingInt(Jdk::version))
                    .filter(newest -> newest.version > own.version)
                    .ifPresent(all::add);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        return all;
    }

    private static int versionOf(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
            return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", ""))
                    .feature();
        } catch (IOException | RuntimeException unknown) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return "JDK " + version;
    }
}
