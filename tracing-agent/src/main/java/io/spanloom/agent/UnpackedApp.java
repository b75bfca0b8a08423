package io.spanloom.agent;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The classes of an application as its class loader would see them: a folder or a jar, what its manifest names, and what is inside
 * an executable jar or a web application, unpacked to a temporary folder. Nothing of it is run.
 */
final class UnpackedApp implements Closeable {

    private static final List<String> CLASSES = List.of("BOOT-INF/classes/", "WEB-INF/classes/");
    private static final List<String> LIBRARIES = List.of("BOOT-INF/lib/", "WEB-INF/lib/", "lib/");

    private static final String MAVEN = "META-INF/maven/io.spanloom/";

    private final Path folder;
    private final List<URL> urls = new ArrayList<>();
    private final URLClassLoader loader;

    UnpackedApp(Path place, String classPath) throws IOException {
        folder = Files.createTempDirectory("spanloom-doctor");
        try {
            if (!Files.isDirectory(place)) {
                unpack(place);
            }
            urls.add(place.toUri().toURL());
            addClassPath(classPath);
        } catch (IOException | RuntimeException unreadable) {
            delete();
            throw unreadable;
        }
        loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    ClassLoader loader() {
        return loader;
    }

    /** The Spanloom modules in it, and their versions, as Maven wrote them into their jars. */
    Map<String, String> modules() throws IOException {
        Map<String, String> modules = new TreeMap<>();
        for (URL url : urls) {
            Path jar = Path.of(URI.create(url.toString()));
            if (!Files.isRegularFile(jar)) {
                continue;
            }
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (ZipEntry each : Collections.list(zip.entries())) {
                    if (each.getName().startsWith(MAVEN) && each.getName().endsWith("/pom.properties")) {
                        Properties properties = new Properties();
                        try (InputStream stream = zip.getInputStream(each)) {
                            properties.load(stream);
                        }
                        modules.put(
                                properties.getProperty("artifactId", each.getName()),
                                properties.getProperty("version", "unknown"));
                    }
                }
            }
        }
        return modules;
    }

    private void unpack(Path jar) throws IOException {
        Path classes = folder.resolve("classes");
        boolean own = false;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry each : Collections.list(zip.entries())) {
                String root = root(CLASSES, each.getName());
                if (!root.isEmpty() && !each.isDirectory()) {
                    copy(zip, each, classes, each.getName().substring(root.length()));
                    own = true;
                } else if (!root(LIBRARIES, each.getName()).isEmpty()
                        && each.getName().endsWith(".jar")) {
                    Path library = copy(zip, each, folder, "lib" + urls.size() + ".jar");
                    urls.add(library.toUri().toURL());
                }
            }
        }
        if (own) {
            urls.add(0, classes.toUri().toURL());
        }
    }

    private static String root(List<String> roots, String name) {
        return roots.stream().filter(name::startsWith).findFirst().orElse("");
    }

    private static Path copy(ZipFile zip, ZipEntry entry, Path into, String name) throws IOException {
        Path target = into.resolve(name).normalize();
        if (!target.startsWith(into)) {
            throw new IOException(entry.getName() + " leads out of the jar");
        }
        Files.createDirectories(target.getParent());
        try (InputStream stream = zip.getInputStream(entry)) {
            Files.copy(stream, target);
        }
        return target;
    }

    private void addClassPath(String classPath) throws IOException {
        for (String each : classPath.split(File.pathSeparator)) {
            if (each.endsWith("*")) {
                try (Stream<Path> jars = Files.list(Path.of(each.substring(0, each.length() - 1)))) {
                    for (Path jar : jars.sorted().toList()) {
                        urls.add(jar.toUri().toURL());
                    }
                }
            } else if (!each.isEmpty()) {
                urls.add(Path.of(each).toUri().toURL());
            }
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
        delete();
    }

    private void delete() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(each -> {
                try {
                    Files.delete(each);
                } catch (IOException stays) {
                    throw new UncheckedIOException(stays);
                }
            });
        }
    }
}
