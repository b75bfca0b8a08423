package io.spanloom;

import io.spanloom.internal.Fatal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a process was given, before anybody has judged it.
 *
 * @param fileOrigin how to name the file in a message
 * @param path where the file is; null where there is none, or it cannot change
 */
record ConfigSources(
        Map<String, String> systemProperties,
        Map<String, String> environment,
        Map<String, String> file,
        String fileOrigin,
        @Nullable Path path) {

    ConfigSources(
            Map<String, String> systemProperties,
            Map<String, String> environment,
            Map<String, String> file,
            String fileOrigin) {
        this(systemProperties, environment, file, fileOrigin, null);
    }

    static final String FILE = "tracing.properties";

    /** Where a file outside the class path is; a system property, or {@code TRACING_CONFIG}. */
    static final String LOCATION = "tracing.config";

    static final ConfigSources NOTHING = new ConfigSources(Map.of(), Map.of(), Map.of(), FILE);

    static ConfigSources ofProcess() {
        Map<String, String> properties = new LinkedHashMap<>();
        Properties system = System.getProperties();
        for (String name : system.stringPropertyNames()) {
            properties.put(name, system.getProperty(name));
        }
        Map<String, String> environment = System.getenv();
        String location = properties.getOrDefault(LOCATION, environment.get("TRACING_CONFIG"));
        if (location != null && !location.isBlank()) {
            String named = properties.containsKey(LOCATION)
                    ? "system property " + LOCATION
                    : "environment variable TRACING_CONFIG";
            Path path = Path.of(location);
            return new ConfigSources(properties, environment, read(path, named), location, path);
        }
        URL resource = resource();
        return resource == null
                ? new ConfigSources(properties, environment, Map.of(), FILE)
                : new ConfigSources(
                        properties, environment, read(resource), FILE + " (" + resource + ")", path(resource));
    }

    private static @Nullable Path path(URL resource) {
        try {
            return resource.getProtocol().equals("file") ? Path.of(resource.toURI()) : null;
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException strange) {
            return null;
        }
    }

    private static @Nullable URL resource() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        URL found = context == null ? null : context.getResource(FILE);
        if (found != null) {
            return found;
        }
        ClassLoader own = ConfigSources.class.getClassLoader();
        return own == null ? ClassLoader.getSystemResource(FILE) : own.getResource(FILE);
    }

    private static Map<String, String> read(Path path, String named) {
        try (Reader reader = Files.newBufferedReader(path)) {
            return read(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw unreadable(path + " (named by the " + named + ")", unreadable);
        }
    }

    private static Map<String, String> read(URL resource) {
        try (InputStream stream = resource.openStream();
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw unreadable(resource.toString(), unreadable);
        }
    }

    private static Map<String, String> read(Reader reader) throws IOException {
        Properties file = new Properties();
        file.load(reader);
        Map<String, String> read = new LinkedHashMap<>();
        file.stringPropertyNames().stream().sorted().forEach(name -> read.put(name, file.getProperty(name)));
        return read;
    }

    private static TracingConfigException unreadable(String where, Exception cause) {
        Fatal.rethrow(cause);
        return new TracingConfigException(
                List.of("the configuration file " + where + " cannot be read: " + why(cause)));
    }

    private static String why(Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return "it does not exist";
        }
        return cause instanceof IllegalArgumentException
                ? cause.getMessage() + " (write a backslash as two)"
                : cause.toString();
    }
}
