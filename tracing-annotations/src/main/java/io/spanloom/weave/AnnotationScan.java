package io.spanloom.weave;

import java.nio.charset.StandardCharsets;

/**
 * Tells at a glance whether a class file can hold one of our annotations, by looking for the descriptor's beginning in its
 * bytes. Nearly every class of an application stops here, before any of its structure is read.
 *
 * <p>No lambda and no string concatenation on this path: it runs while the JVM may be linking the very classes that these
 * need.
 */
final class AnnotationScan {

    static final String PREFIX = "Lio/spanloom/annotation/";

    private static final byte[] PATTERN = PREFIX.getBytes(StandardCharsets.US_ASCII);
    private static final int[] SKIP = skips();

    private AnnotationScan() {}

    /** Horspool's search. */
    static boolean hits(byte[] classFile) {
        int last = PATTERN.length - 1;
        for (int end = last; end < classFile.length; end += SKIP[classFile[end] & 0xFF]) {
            int matched = 0;
            while (matched <= last && PATTERN[last - matched] == classFile[end - matched]) {
                matched++;
            }
            if (matched > last) {
                return true;
            }
        }
        return false;
    }

    private static int[] skips() {
        int[] skips = new int[256];
        java.util.Arrays.fill(skips, PATTERN.length);
        for (int i = 0; i < PATTERN.length - 1; i++) {
            skips[PATTERN[i]] = PATTERN.length - 1 - i;
        }
        return skips;
    }
}
