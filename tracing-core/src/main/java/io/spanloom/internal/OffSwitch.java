package io.spanloom.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.SwitchPoint;

/**
 * Whether tracing is known to be off: the one thing that a woven method asks before anything else. False as long as
 * nobody has set tracing up yet, for the first span does that.
 */
public final class OffSwitch {

    /** Thrown once, when tracing is first switched on: what was compiled without it is compiled anew. */
    private static final SwitchPoint NEVER_ON = new SwitchPoint();

    /** In a native image nothing is compiled anew, and mutable call sites, of which a switch point is made, are refused. */
    private static final boolean IN_IMAGE = System.getProperty("org.graalvm.nativeimage.imagecode") != null;

    private static volatile boolean off;

    private OffSwitch() {}

    public static boolean isOff() {
        return off;
    }

    public static void set(boolean isOff) {
        boolean wasOff = off;
        off = isOff;
        if (wasOff && !isOff && !NEVER_ON.hasBeenInvalidated()) {
            SwitchPoint.invalidateAll(new SwitchPoint[] {NEVER_ON});
        }
    }

    /**
     * For call sites that are linked while tracing is off, and has never been on: they do the first, of which the compiler
     * leaves nothing, until tracing is switched on; from then on always the second, which must ask {@link #isOff()} itself.
     */
    public static MethodHandle untilOn(MethodHandle whileOff, MethodHandle then) {
        return off && !IN_IMAGE ? NEVER_ON.guardWithTest(whileOff, then) : then;
    }
}
