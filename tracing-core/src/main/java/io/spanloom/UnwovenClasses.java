package io.spanloom;

import io.spanloom.internal.Fatal;
import io.spanloom.spi.Reporter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Notices annotated classes that run with no weaver: annotations that silently do nothing. It knows them by the index that
 * the build plugins write, and the weaver by the system property that it sets; no class path is searched.
 */
final class UnwovenClasses {

    /** As {@code io.spanloom.weave.AnnotatedClasses} writes it. */
    static final String INDEX = "META-INF/spanloom/annotated-classes";

    /** As {@code io.spanloom.weave.Weaver} sets it. */
    static final String WEAVER = "io.spanloom.weaver";

    private static final String UNWOVEN = "unwoven ";
    private static final AtomicBoolean LOOKED = new AtomicBoolean();

    private UnwovenClasses() {}

    /** Says it (TRC-061) the first time that it is called. Never throws. */
    static void reportOnce() {
        if (LOOKED.compareAndSet(false, true)) {
            try {
                report(Thread.currentThread().getContextClassLoader());
            } catch (Throwable unreadable) {
                Fatal.rethrow(unreadable); // else: an index that cannot be read is no reason for a word
            }
        }
    }

    static void report(@Nullable ClassLoader context) throws IOException {
        if (System.getProperty(WEAVER) != null) {
            return;
        }
        Set<String> unwoven = find(context == null ? UnwovenClasses.class.getClassLoader() : context);
        if (!unwoven.isEmpty()) {
            Reporter.warn(
                    "TRC-061",
                    "annotations do nothing in " + unwoven.size() + (unwoven.size() == 1 ? " class" : " classes") + " ("
                            + unwoven.iterator().next() + (unwoven.size() == 1 ? "" : ", ...")
                            + "), because no weaver is installed: start the JVM with -javaagent:tracing-agent.jar, weave"
                            + " at build time, or call Weaver.install() before the first span");
        }
    }

    private static Set<String> find(@Nullable ClassLoader loader) throws IOException {
        Set<String> unwoven = new TreeSet<>();
        for (URL index :
                Collections.list(loader == null ? ClassLoader.getSystemResources(INDEX) : loader.getResources(INDEX))) {
            try (InputStream stream = index.openStream();
                    BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines()
                        .filter(line -> line.startsWith(UNWOVEN))
                        .forEach(line -> unwoven.add(line.substring(UNWOVEN.length())));
            }
        }
        return unwoven;
    }
}
