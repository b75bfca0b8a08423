package io.spanloom.desk.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page's own files, from the jar: a name with a known ending, no folders, nothing else. */
final class PageFiles {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.(html|css|js|svg)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    /** Null if there is no such file. */
    byte @Nullable [] read(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            return null;
        }
        byte[] bytes = known.get(name);
        if (bytes == null) {
            try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
                if (in == null) {
                    return null;
                }
                bytes = in.readAllBytes();
            }
            known.put(name, bytes);
        }
        return bytes;
    }

    static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
