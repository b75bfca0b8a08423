package io.spanloom.weave;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The jar that class files were last read from. Opening one takes longer than reading a class from it, so it stays open while
 * classes are being loaded, and is closed once a second has passed without: nobody who replaces the jar is in the way of it.
 */
final class OpenJar {

    private static final long IDLE_NANOS = 1_000_000_000L;

    private static final OpenJar LAST = new OpenJar();

    private @Nullable URL location;
    private @Nullable ZipFile zip;
    private long lastUse;
    private boolean watched;

    private OpenJar() {}

    /** Null where the jar has no such file. */
    static byte @Nullable [] read(URL jar, String file) throws IOException, URISyntaxException {
        return LAST.readFrom(jar, file);
    }

    static boolean isOpen() {
        synchronized (LAST) {
            return LAST.zip != null;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the classes of a jar share one; to compare them may ask a name server
    private synchronized byte @Nullable [] readFrom(URL jar, String file) throws IOException, URISyntaxException {
        ZipFile open = zip;
        if (open == null || location != jar) {
            close();
            open = new ZipFile(new File(jar.toURI()));
            zip = open;
            location = jar;
        }
        lastUse = System.nanoTime();
        if (!watched) {
            watched = true;
            watch();
        }
        ZipEntry entry = open.getEntry(file);
        if (entry == null) {
            return null;
        }
        try (InputStream stream = open.getInputStream(entry)) {
            // All at once: readAllBytes() would begin with 16 KiB, and copy.
            return stream.readNBytes((int) Math.max(0, entry.getSize()));
        }
    }

    private void watch() {
        Thread thread = new Thread(null, new Watch(), "spanloom-open-jar", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** How long the jar may still be open; 0 where it is closed now. */
    private synchronized long remaining() {
        long left = IDLE_NANOS - (System.nanoTime() - lastUse);
        if (left > 0) {
            return left;
        }
        close();
        watched = false;
        return 0;
    }

    private void close() {
        ZipFile open = zip;
        zip = null;
        location = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException unclosed) {
                // It was read only.
            }
        }
    }

    /** A class, not a lambda: see {@link ClassOutline}. */
    private static final class Watch implements Runnable {
        @Override
        public void run() {
            for (long left = IDLE_NANOS; left > 0; left = LAST.remaining()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
