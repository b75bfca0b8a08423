package io.spanloom.sampling;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules in the order in which they are asked: the first that matches decides. Immutable; what its rules count is not. */
record RuleSet(List<ActiveRule> rules) {

    /** As the service asks them: by priority, equal ones by name. */
    static final Comparator<SamplingRule> ORDER =
            Comparator.comparingInt(SamplingRule::priority).thenComparing(SamplingRule::name);

    /**
     * What holds where nothing else does: one trace per second and 5 % of the rest, as the X-Ray SDK's built-in rules and
     * the service's {@code Default} rule have it.
     */
    static final SamplingRule BUILT_IN = SamplingRule.forAll(SamplingRule.DEFAULT, 10_000, 0.05, 1);

    RuleSet {
        rules = List.copyOf(rules);
    }

    /** Rules of a file, in this order. */
    static RuleSet local(List<SamplingRule> rules) {
        return new RuleSet(rules.stream().map(ActiveRule::local).toList());
    }

    @Nullable
    ActiveRule match(Question question) {
        for (int i = 0; i < rules.size(); i++) {
            ActiveRule rule = rules.get(i);
            if (rule.rule.matches(question)) {
                return rule;
            }
        }
        return null;
    }
}
