package io.spanloom.sampling;

import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test moves it. */
final class TestClock implements SamplingClock {

    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // about to overflow, as it may

    @Override
    public long epochMillis() {
        return millis.get();
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    long epochSeconds() {
        return millis.get() / 1000;
    }

    void passMillis(long more) {
        millis.addAndGet(more);
        nanos.addAndGet(more * 1_000_000);
    }

    /** The calendar is set; no time passes. */
    void jumpSeconds(long seconds) {
        millis.addAndGet(seconds * 1000);
    }
}
