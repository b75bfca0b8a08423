package io.spanloom.weave;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The class files beside a class, in the same jar or folder, where most of its supertypes are; all others as its loader finds
 * them. A loader's own way to a file takes 150 to 200 us, by way of URLs; this one 100, for the JDK shares what it knows of a
 * jar that the loader has open. Nothing is kept open.
 */
final class NearbyClassFiles implements ClassFileSource {

    private final ClassFileSource others;
    private final @Nullable ProtectionDomain domain;

    NearbyClassFiles(ClassLoader loader, @Nullable ProtectionDomain domain) {
        this.others = ClassFileSource.of(loader);
        this.domain = domain;
    }

    @Override
    public byte @Nullable [] find(String internalName) {
        byte[] near = null;
        try {
            File home = home();
            if (home != null) {
                String file = internalName + ".class";
                near = home.isDirectory() ? inFolder(home, file) : inJar(home, file);
            }
        } catch (IOException | URISyntaxException | RuntimeException elsewhere) {
            // As its loader finds it, then.
        }
        return near == null ? others.find(internalName) : near;
    }

    private @Nullable File home() throws URISyntaxException {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location != null && location.getProtocol().equals("file") ? new File(location.toURI()) : null;
    }

    private static byte @Nullable [] inFolder(File folder, String file) throws IOException {
        Path path = folder.toPath().resolve(file);
        return Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
    }

    private static byte @Nullable [] inJar(File jar, String file) throws IOException {
        try (ZipFile zip = new ZipFile(jar)) {
            ZipEntry entry = zip.getEntry(file);
            if (entry == null) {
                return null;
            }
            try (InputStream stream = zip.getInputStream(entry)) {
                return stream.readAllBytes();
            }
        }
    }
}
