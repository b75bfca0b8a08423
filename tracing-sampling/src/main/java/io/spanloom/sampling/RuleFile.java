package io.spanloom.sampling;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where {@code tracing.sampling.rules} points. */
final class RuleFile {

    private static final String CLASS_PATH = "classpath:";

    private RuleFile() {}

    /**
     * Reads rules of any shape.
     *
     * @param location {@code classpath:name}, or a file's path
     * @return in the order in which they are asked; the last matches everything
     * @throws IllegalArgumentException saying what is wrong, and where in the file
     */
    static List<SamplingRule> read(String location) {
        return rules(bytes(location));
    }

    static List<SamplingRule> rules(byte[] document) {
        JsonValue json = JsonValue.read(document);
        return ServiceRules.isShapeOf(json) ? ServiceRules.readFile(json) : LocalRules.read(json);
    }

    private static byte[] bytes(String location) {
        try (InputStream stream = open(location)) {
            return stream.readNBytes(JsonValue.MAX_BYTES + 1);
        } catch (NoSuchFileException absent) {
            throw new IllegalArgumentException(
                    "there is no file " + Path.of(location).toAbsolutePath(), absent);
        } catch (IOException | SecurityException unreadable) {
            throw new IllegalArgumentException("it cannot be read: " + unreadable, unreadable);
        }
    }

    private static InputStream open(String location) throws IOException {
        if (!location.startsWith(CLASS_PATH)) {
            try {
                return Files.newInputStream(Path.of(location));
            } catch (InvalidPathException noPath) {
                throw new IllegalArgumentException(noPath.getMessage(), noPath);
            }
        }
        String name = location.substring(CLASS_PATH.length()).replaceFirst("^/+", "");
        InputStream found = open(Thread.currentThread().getContextClassLoader(), name);
        if (found == null) {
            found = open(RuleFile.class.getClassLoader(), name);
        }
        if (found == null) {
            throw new IllegalArgumentException("there is no " + name + " on the class path");
        }
        return found;
    }

    private static @Nullable InputStream open(@Nullable ClassLoader loader, String name) {
        return loader == null ? null : loader.getResourceAsStream(name);
    }
}
