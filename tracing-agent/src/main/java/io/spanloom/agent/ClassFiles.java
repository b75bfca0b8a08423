package io.spanloom.agent;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The class files, and the configuration, of a folder or of a jar, and of the jars in it, which are unpacked to temporary files. */
final class ClassFiles implements Closeable {

    /** Deeper than jars are nested anywhere: an executable jar, its libraries, and one more. */
    private static final int DEPTH = 3;

    /** Where executable jars and web applications keep their own classes. */
    private static final List<String> ROOTS = List.of("BOOT-INF/classes/", "WEB-INF/classes/");

    private static final String CONFIGURATION = "tracing.properties";

    /** Takes a file. */
    @FunctionalInterface
    interface Visitor {
        /** @param entry its name where it was found */
        void see(String entry, byte[] content);
    }

    /** Reads one file. */
    @FunctionalInterface
    private interface Entry {
        byte[] read() throws IOException;
    }

    private final List<Map.Entry<String, Entry>> entries = new ArrayList<>();
    private final Map<String, Entry> byName = new HashMap<>();
    private Map.@Nullable Entry<String, Entry> configuration;
    private final Map<ZipFile, Path> open = new LinkedHashMap<>();

    private ClassFiles() {}

    /** @throws IOException also where it is neither folder nor jar */
    static ClassFiles of(Path place) throws IOException {
        ClassFiles all = new ClassFiles();
        try {
            all.add(place);
            return all;
        } catch (IOException | RuntimeException unreadable) {
            all.close();
            throw unreadable;
        }
    }

    /** As java's {@code -cp}: folders, jars, and {@code folder/*} for all jars of a folder; what is not there is left out. */
    static ClassFiles ofPath(String path) throws IOException {
        ClassFiles all = new ClassFiles();
        try {
            for (String each : path.split(File.pathSeparator)) {
                if (each.endsWith("*")) {
                    Path folder = Path.of(each.substring(0, each.length() - 1));
                    for (Path file : Files.isDirectory(folder) ? files(folder, 1) : List.<Path>of()) {
                        if (file.toString().endsWith(".jar")) {
                            all.add(file);
                        }
                    }
                } else if (!each.isEmpty() && Files.exists(Path.of(each))) {
                    all.add(Path.of(each));
                }
            }
            return all;
        } catch (IOException | RuntimeException unreadable) {
            all.close();
            throw unreadable;
        }
    }

    private static List<Path> files(Path folder, int depth) throws IOException {
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void add(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            addJar(place, place, 1);
            return;
        }
        for (Path each : files(place, Integer.MAX_VALUE)) {
            if (each.toString().endsWith(".class") || each.endsWith(CONFIGURATION)) {
                add(place.relativize(each).toString().replace('\\', '/'), () -> Files.readAllBytes(each));
            }
        }
    }

    private void addJar(Path jar, Path temporary, int depth) throws IOException {
        ZipFile zip = new ZipFile(jar.toFile());
        open.put(zip, depth == 1 ? Path.of("") : temporary);
        for (ZipEntry each : Collections.list(zip.entries())) {
            if (each.getName().endsWith(".class") || inRoot(each.getName()).equals(CONFIGURATION)) {
                add(each.getName(), () -> {
                    try (InputStream stream = zip.getInputStream(each)) {
                        return stream.readAllBytes();
                    }
                });
            } else if (each.getName().endsWith(".jar") && depth < DEPTH) {
                Path unpacked = Files.createTempFile("spanloom-explain", ".jar");
                try (InputStream stream = zip.getInputStream(each)) {
                    Files.copy(stream, unpacked, StandardCopyOption.REPLACE_EXISTING);
                    addJar(unpacked, unpacked, depth + 1);
                } catch (ZipException noJar) {
                    Files.delete(unpacked); // named so, and something else
                }
            }
        }
    }

    private void add(String name, Entry entry) {
        String inRoot = inRoot(name);
        if (!name.endsWith(".class")) {
            configuration = configuration == null ? Map.entry(name, entry) : configuration;
            return;
        }
        entries.add(Map.entry(name, entry));
        byName.putIfAbsent(inRoot.substring(0, inRoot.length() - ".class".length()), entry);
    }

    private static String inRoot(String name) {
        String inRoot = name;
        for (String root : ROOTS) {
            inRoot = inRoot.startsWith(root) ? inRoot.substring(root.length()) : inRoot;
        }
        return inRoot;
    }

    /** Takes the application's {@code tracing.properties}, the first that there is. */
    void readConfiguration(Visitor visitor) throws IOException {
        if (configuration != null) {
            visitor.see(configuration.getKey(), configuration.getValue().read());
        }
    }

    void read(Visitor visitor) throws IOException {
        for (Map.Entry<String, Entry> each : entries) {
            visitor.see(each.getKey(), each.getValue().read());
        }
    }

    /** Null where there is no such class; the first, where there are several. */
    byte @Nullable [] find(String internalName) {
        Entry entry = byName.get(internalName);
        try {
            return entry == null ? null : entry.read();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        for (Map.Entry<ZipFile, Path> each : open.entrySet()) {
            each.getKey().close();
            if (!each.getValue().toString().isEmpty()) {
                Files.deleteIfExists(each.getValue());
            }
        }
    }
}
