package io.spanloom.sampling;

/** Two clocks: the calendar's, by whose seconds reservoirs are counted, and one that never jumps, for waiting. */
interface SamplingClock {

    SamplingClock SYSTEM = new SamplingClock() {
        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };

    long epochMillis();

    /** As {@link System#nanoTime}: only differences mean something. */
    long nanos();
}
