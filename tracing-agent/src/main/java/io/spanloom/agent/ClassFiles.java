package io.spanloom.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** The files of a folder or of a jar, and of the jars in it. */
final class ClassFiles {

    /** Deeper than jars are nested anywhere: an executable jar, its libraries, and one more. */
    private static final int DEPTH = 3;

    /** Takes a file. */
    @FunctionalInterface
    interface Visitor {
        /** @param entry its name where it was found */
        void see(String entry, byte[] content);
    }

    private ClassFiles() {}

    /** @param suffix of the files that are wanted */
    static void read(Path place, String suffix, Visitor visitor) throws IOException {
        if (Files.isDirectory(place)) {
            List<Path> files;
            try (Stream<Path> all = Files.walk(place)) {
                files = all.filter(Files::isRegularFile).sorted().toList();
            }
            for (Path each : files) {
                if (each.toString().endsWith(suffix)) {
                    visitor.see(place.relativize(each).toString(), Files.readAllBytes(each));
                }
            }
            return;
        }
        try (InputStream stream = Files.newInputStream(place)) {
            if (!readJar(stream, 1, suffix, visitor)) {
                throw new ZipException("it is no jar, or an empty one");
            }
        }
    }

    private static boolean readJar(InputStream jar, int depth, String suffix, Visitor visitor) throws IOException {
        ZipInputStream stream = new ZipInputStream(jar); // not ours to close
        boolean any = false;
        for (ZipEntry each = stream.getNextEntry(); each != null; each = stream.getNextEntry()) {
            any = true;
            if (each.getName().endsWith(suffix)) {
                visitor.see(each.getName(), stream.readAllBytes());
            } else if (each.getName().endsWith(".jar") && depth < DEPTH) {
                readJar(stream, depth + 1, suffix, visitor);
            }
        }
        return any;
    }
}
