package io.spanloom.sampling;

import io.spanloom.spi.SamplingDecision;

/** A rule and what it may still record. */
final class ActiveRule {

    final SamplingRule rule;
    final Budget budget;
    private final SamplingDecision recorded;
    private final SamplingDecision dropped;

    private ActiveRule(SamplingRule rule, Budget budget) {
        this.rule = rule;
        this.budget = budget;
        this.recorded = new SamplingDecision(true, rule.name());
        this.dropped = new SamplingDecision(false, rule.name());
    }

    /** A rule of a file. */
    static ActiveRule local(SamplingRule rule) {
        return new ActiveRule(rule, Budget.whole(rule));
    }

    /** A rule of the service. */
    static ActiveRule remote(SamplingRule rule) {
        return new ActiveRule(rule, Budget.shared(rule));
    }

    /** The rule as it reads now, with the counts and the quota that it has. */
    ActiveRule changedTo(SamplingRule now) {
        if (now.equals(rule)) {
            return this;
        }
        budget.rate(now.fixedRate());
        return new ActiveRule(now, budget);
    }

    SamplingDecision decide(SamplingClock clock, double random) {
        return budget.take(rule.reservoirSize(), clock, random) ? recorded : dropped;
    }
}
