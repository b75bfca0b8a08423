package io.spanloom.sampling;

import io.spanloom.spi.Findings;
import io.spanloom.spi.Glob;
import io.spanloom.spi.Reporter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Notices rules that never match: a rule for another service at the first root, any other after {@link #ROOTS} roots. In
 * a file that is most likely a mistake and a warning; the account's rules are written for all its services, so for them
 * it is a line of information.
 */
final class UnmatchedRules {

    /** So many roots a rule may leave to others before that is said. */
    static final int ROOTS = 1_000;

    /** Different values that are remembered of a condition, and characters of each. */
    private static final int VALUES = 5;

    private static final int CHARS = 60;

    private final RuleSet rules;
    private final Question.Service service;
    private final boolean ofFile;
    private final AtomicInteger roots = new AtomicInteger();
    private final Set<String> services = new TreeSet<>();
    private final Set<String> hosts = new TreeSet<>();
    private final Set<String> methods = new TreeSet<>();
    private final Set<String> paths = new TreeSet<>();

    UnmatchedRules(RuleSet rules, Question.Service service, boolean ofFile) {
        this.rules = rules;
        this.service = service;
        services.add(service.name());
        this.ofFile = ofFile;
    }

    void saw(Question question) {
        if (roots.get() >= ROOTS) {
            return; // all is said; nothing is written, so that threads do not compete for it
        }
        int number = roots.incrementAndGet();
        if (number > ROOTS) {
            return;
        }
        remember(question);
        if (number == 1) {
            say(rules.rules().stream().filter(rule -> isForOthers(rule.rule)).toList());
        }
        if (number == ROOTS) {
            say(rules.rules().stream()
                    .filter(rule -> !isForOthers(rule.rule) && !rule.budget.isMatched())
                    .filter(rule -> !isForAll(rule.rule))
                    .toList());
        }
    }

    /** Says of each rule what it has decided, and of those that have met no root, why. */
    void check(Findings findings) {
        int seen = Math.min(roots.get(), ROOTS);
        for (ActiveRule active : rules.rules()) {
            if (active.budget.isMatched()) {
                Budget.Counts counts = active.budget.counts();
                findings.ok(
                        "sampling",
                        "rule " + active.rule.name() + ": " + counts.requests() + " new traces"
                                + (ofFile ? ", " : " since the last report, ")
                                + (counts.sampled() + counts.borrowed()) + " recorded");
            } else if (isForAll(active.rule) || seen == 0) {
                findings.note("sampling", "rule " + active.rule.name() + ": no new trace so far");
            } else if (!ofFile || seen < ROOTS && !isForOthers(active.rule)) {
                findings.note("sampling", sentence(active) + " (" + seen + " new traces so far)"); // it may still come
            } else {
                findings.problem(
                        "sampling",
                        "TRC-220",
                        sentence(active) + " (" + seen + (seen == ROOTS ? " or more" : "") + " new traces so far)",
                        "compare the rule's conditions with what was seen; the first rule that matches decides");
            }
        }
    }

    /** Whether it is certain from the start that the rule never matches. */
    private boolean isForOthers(SamplingRule rule) {
        return !service.manyNames() && !rule.admits(service);
    }

    private boolean isForAll(SamplingRule rule) {
        return rule.admits(service)
                && rule.host().isAny()
                && rule.method().isAny()
                && rule.path().isAny()
                && rule.attributes().isEmpty();
    }

    private synchronized void remember(Question question) {
        add(services, question.service().name());
        add(hosts, question.host());
        add(methods, question.method());
        add(paths, question.path());
    }

    private static void add(Set<String> seen, @Nullable String value) {
        if (seen.size() < VALUES) {
            seen.add(value == null || value.isEmpty() ? "(none)" : printable(value));
        }
    }

    /** What a request sent, safe to log. */
    private static String printable(String value) {
        String cut = value.length() > CHARS ? value.substring(0, CHARS) + "..." : value;
        return cut.replaceAll("[^\\x21-\\x7e]", "?");
    }

    private void say(List<ActiveRule> unmatched) {
        if (unmatched.isEmpty()) {
            return;
        }
        String text = unmatched.stream().limit(10).map(this::sentence).collect(Collectors.joining(". "))
                + (unmatched.size() > 10 ? ". And " + (unmatched.size() - 10) + " more" : "");
        if (ofFile) {
            Reporter.warn("TRC-220", text);
        } else {
            Reporter.info(text);
        }
    }

    private synchronized String sentence(ActiveRule active) {
        SamplingRule rule = active.rule;
        Set<String> why = new LinkedHashSet<>();
        explain(why, "services", "ServiceName", rule.serviceName(), services);
        explain(why, "service types", "ServiceType", rule.serviceType(), Set.of(orNone(service.type())));
        explain(why, "resource ARNs", "ResourceARN", rule.resourceArn(), Set.of(orNone(service.resourceArn())));
        explain(why, "hosts", "Host", rule.host(), hosts);
        explain(why, "methods", "HTTPMethod", rule.method(), methods);
        explain(why, "paths", "URLPath", rule.path(), paths);
        String reasons =
                why.isEmpty() ? "; no root met all its conditions before an earlier rule" : String.join("", why);
        return "rule " + rule.name() + ": 0 matches" + reasons;
    }

    private static void explain(Set<String> why, String plural, String member, Glob wanted, Set<String> seen) {
        if (seen.stream().noneMatch(value -> wanted.matches(value.equals("(none)") ? "" : value))) {
            why.add("; " + plural + " seen: " + String.join(", ", seen) + " (the rule's " + member + " is " + wanted
                    + ")");
        }
    }

    private static String orNone(@Nullable String value) {
        return value == null || value.isEmpty() ? "(none)" : value;
    }
}
