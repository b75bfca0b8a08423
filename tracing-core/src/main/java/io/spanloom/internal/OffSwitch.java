package io.spanloom.internal;

/**
 * Whether tracing is known to be off: the one thing that a woven method asks before anything else. False as long as
 * nobody has set tracing up yet, for the first span does that.
 */
public final class OffSwitch {

    private static volatile boolean off;

    private OffSwitch() {}

    public static boolean isOff() {
        return off;
    }

    public static void set(boolean isOff) {
        off = isOff;
    }
}
