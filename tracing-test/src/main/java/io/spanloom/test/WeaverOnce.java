package io.spanloom.test;

import io.spanloom.spi.Reporter;

/** Weaves annotated classes where nobody has: looked up by name, for tests without annotations need no weaver. */
final class WeaverOnce {

    private static final String WEAVER = "io.spanloom.weave.Weaver";
    private static boolean done;

    private WeaverOnce() {}

    static synchronized void install() {
        if (done) {
            return;
        }
        done = true;
        try {
            Class.forName(WEAVER).getMethod("install").invoke(null);
        } catch (ClassNotFoundException absent) {
            // Without tracing-annotations nothing is annotated.
        } catch (ReflectiveOperationException | LinkageError failed) {
            Reporter.warn(
                    "TRC-200", "the weaver could not be installed for tests: annotated methods are not traced", failed);
        }
    }
}
