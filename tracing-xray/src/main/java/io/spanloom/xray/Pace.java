package io.spanloom.xray;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Pauses between datagrams, because what a receiver's buffer does not hold is lost without a word. Used by one thread. */
final class Pace {

    /**
     * So many datagrams go without a pause: a socket's receive buffer of 208 KiB, Linux's default, holds some 270 small ones,
     * and drops the others without a word.
     */
    private static final int IN_A_ROW = 64;

    private static final long PAUSE_NANOS = 300_000L;

    /** Some 8,000 datagrams a second: the X-Ray daemon takes 5,000 without loss, and of 20,000 loses half. */
    private static final long LONG_PAUSE_NANOS = 8_000_000L;

    private final BooleanSupplier hurried;
    private int inARow;

    /**
     * @param hurried whether somebody waits for a flush, or the queue fills
     */
    Pace(BooleanSupplier hurried) {
        this.hurried = hurried;
    }

    /** One more was sent. */
    void sent() {
        if (++inARow % IN_A_ROW == 0) {
            LockSupport.parkNanos(this, hurried.getAsBoolean() ? PAUSE_NANOS : LONG_PAUSE_NANOS);
        }
    }
}
