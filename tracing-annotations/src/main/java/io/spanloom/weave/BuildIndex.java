package io.spanloom.weave;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** What the builds of the application's parts say of their annotated classes. Needs no ByteBuddy. */
final class BuildIndex {

    private BuildIndex() {}

    /** Whether builds have woven, and left nothing to do. */
    static boolean saysAllWoven() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
        boolean any = false;
        try {
            for (URL index : Collections.list(loader.getResources(AnnotatedClasses.FILE))) {
                try (InputStream stream = index.openStream();
                        BufferedReader reader =
                                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                        if (line.startsWith(AnnotatedClasses.UNWOVEN)) {
                            return false;
                        }
                        any |= line.startsWith(AnnotatedClasses.WOVEN);
                    }
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            return false;
        }
        return any;
    }
}
