package io.spanloom.sampling;

import io.spanloom.SpanSpec;
import io.spanloom.spi.DoctorCheck;
import io.spanloom.spi.Findings;
import io.spanloom.spi.Sampler;
import io.spanloom.spi.SamplingDecision;
import io.spanloom.spi.SamplingRequest;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Decides by the rules of a file. */
final class RulesSampler implements Sampler, DoctorCheck {

    private final String description;
    private final RuleSet rules;
    private final UnmatchedRules unmatched;
    private final Question.Service service;
    private final SamplingClock clock;
    private final DoubleSupplier random;

    /**
     * @param rules of which the last matches everything
     * @param random from 0 to below 1; called from many threads
     */
    RulesSampler(
            String description, RuleSet rules, Question.Service service, SamplingClock clock, DoubleSupplier random) {
        this.description = description;
        this.rules = rules;
        this.unmatched = new UnmatchedRules(rules, service, true);
        this.service = service;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public boolean sample(SpanSpec root) {
        return decide(root, null).sampled();
    }

    @Override
    public SamplingDecision decide(SpanSpec root, @Nullable SamplingRequest request) {
        return decide(Question.of(service, request));
    }

    SamplingDecision decide(Question question) {
        ActiveRule rule = rules.match(question);
        unmatched.saw(question);
        // The number is drawn in any case, as the X-Ray SDK does: one stream of numbers, one stream of decisions.
        return rule == null ? SamplingDecision.DROP : rule.decide(clock, random.getAsDouble());
    }

    @Override
    public void check(Findings findings) {
        unmatched.check(findings);
    }

    @Override
    public boolean readsRequests() {
        return true;
    }

    @Override
    public String toString() {
        return description;
    }
}
