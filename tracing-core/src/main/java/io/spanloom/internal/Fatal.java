package io.spanloom.internal;

/**
 * Tells what tracing may swallow from what it must let pass: a VM that is out of memory or broken must be heard.
 * A {@link StackOverflowError} is swallowed: it is the traced code's own depth, and its next frame will throw it again.
 */
public final class Fatal {

    private Fatal() {}

    /** Throws the argument where it is fatal to the VM; returns otherwise. */
    @SuppressWarnings("removal") // ThreadDeath: still thrown on JDK 17, and must pass
    public static void rethrow(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
            throw error;
        }
        if (thrown instanceof ThreadDeath death) {
            throw death;
        }
    }
}
