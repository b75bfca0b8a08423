package io.spanloom.sampling;

/**
 * What one rule may still record, and what it has: the algorithm of the X-Ray service's samplers. Reservoir first, then
 * the fixed rate.
 *
 * <p>Under one short lock: a decision and its counts belong together, so that what is reported is exact.
 */
final class Budget {

    /** What a rule did since the last report. */
    record Counts(long requests, long sampled, long borrowed) {}

    /** Who owns the reservoir. */
    private enum Share {
        /** This process alone: rules of a file. */
        WHOLE,
        /** The fleet, and the service has not (or no longer) said which part is ours: one trace per second is borrowed. */
        UNKNOWN,
        /** The fleet, and this process has a quota. */
        QUOTA
    }

    private Share share;
    private int perSecond;
    private double rate;
    private long quotaUntil;

    private long second = Long.MIN_VALUE;
    private int usedThisSecond;
    private boolean borrowedThisSecond;

    private long requests;
    private long sampled;
    private long borrowed;
    private boolean matched;

    private Budget(Share share, SamplingRule rule) {
        this.share = share;
        this.perSecond = rule.reservoirSize();
        this.rate = rule.fixedRate();
    }

    /** The rule's whole reservoir belongs to this process. */
    static Budget whole(SamplingRule rule) {
        return new Budget(Share.WHOLE, rule);
    }

    /** The service divides the reservoir among the fleet by quotas. */
    static Budget shared(SamplingRule rule) {
        return new Budget(Share.UNKNOWN, rule);
    }

    /**
     * Decides about one root.
     *
     * @param reservoirSize the rule's
     * @param random from 0 to below 1
     */
    synchronized boolean take(int reservoirSize, SamplingClock clock, double random) {
        matched = true;
        requests++;
        long now = Math.floorDiv(clock.epochMillis(), 1000L);
        if (now != second) {
            second = now;
            usedThisSecond = 0;
            borrowedThisSecond = false;
        }
        if (share == Share.QUOTA && clock.nanos() - quotaUntil > 0) {
            share = Share.UNKNOWN;
        }
        if (share == Share.UNKNOWN) {
            if (reservoirSize > 0 && !borrowedThisSecond) {
                borrowedThisSecond = true;
                borrowed++;
                return true;
            }
        } else if (usedThisSecond < perSecond) {
            usedThisSecond++;
            sampled++;
            return true;
        }
        if (random < rate) {
            sampled++;
            return true;
        }
        return false;
    }

    /** The service's target. */
    synchronized void rate(double fixedRate) {
        rate = fixedRate;
    }

    /** The service's target. @param untilNanos by {@link SamplingClock#nanos} */
    synchronized void quota(int tracesPerSecond, long untilNanos) {
        share = Share.QUOTA;
        perSecond = tracesPerSecond;
        quotaUntil = untilNanos;
    }

    /** Whether the rule has ever matched. */
    synchronized boolean isMatched() {
        return matched;
    }

    synchronized boolean hasCounts() {
        return requests > 0;
    }

    /** The counts since the last {@link #takeCounts}, which stay. */
    synchronized Counts counts() {
        return new Counts(requests, sampled, borrowed);
    }

    /** The counts since the last call. */
    synchronized Counts takeCounts() {
        Counts counts = new Counts(requests, sampled, borrowed);
        requests = 0;
        sampled = 0;
        borrowed = 0;
        return counts;
    }

    /** Counts that could not be reported. */
    synchronized void putBack(Counts counts) {
        requests += counts.requests();
        sampled += counts.sampled();
        borrowed += counts.borrowed();
    }
}
