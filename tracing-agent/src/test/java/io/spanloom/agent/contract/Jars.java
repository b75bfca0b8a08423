package io.spanloom.agent.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Writes jars. */
final class Jars {

    private Jars() {}

    /** @param entries by name */
    static Path write(Path jar, Map<String, String> attributes, Map<String, byte[]> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> manifest.getMainAttributes().put(new Attributes.Name(name), value));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream stream = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                stream.putNextEntry(new ZipEntry(entry.getKey()));
                stream.write(entry.getValue());
                stream.closeEntry();
            }
        }
        return jar;
    }

    /** The file of a class on the test's own class path. */
    static byte[] classFile(String name) throws IOException {
        try (java.io.InputStream stream = Jars.class.getClassLoader().getResourceAsStream(entry(name))) {
            return stream.readAllBytes();
        }
    }

    static String entry(String className) {
        return className.replace('.', '/') + ".class";
    }
}
