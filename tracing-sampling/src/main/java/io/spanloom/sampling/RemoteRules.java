package io.spanloom.sampling;

import io.spanloom.spi.Reporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules that the X-Ray service hands out, and the quotas that it gives this process: asked for through the daemon, in
 * the rhythm of the X-Ray SDK.
 *
 * <p>{@link #poll} is called by one thread at a time; {@link #fresh} by any.
 */
final class RemoteRules {

    /** Rules are asked for every 300 s and up to 5 s, as by the X-Ray SDK; after a failure, in the rhythm of targets. */
    static final long RULES_NANOS = 300_000_000_000L;

    private static final long RULES_JITTER_NANOS = 5_000_000_000L;

    /** Counts are reported every 10 s and up to 100 ms, as by the X-Ray SDK; a target may say another interval. */
    static final long TARGETS_NANOS = 10_000_000_000L;

    private static final long TARGETS_JITTER_NANOS = 100_000_000L;

    /** Rules that nobody has confirmed for an hour are not used any more, as by the X-Ray SDK. */
    static final long EXPIRY_NANOS = 3_600_000_000_000L;

    /** What a target may promise at most; a clock that is wrong must not make a quota eternal. */
    private static final long QUOTA_NANOS = EXPIRY_NANOS;

    /** The API takes so many documents of statistics. */
    private static final int REPORTED = 25;

    private static final int MAX_PAGES = 100;

    private final Daemon daemon;
    private final SamplingClock clock;
    private final DoubleSupplier random;
    private final String clientId;

    private volatile @Nullable Known known;
    private long nextRules;
    private long nextTargets;
    private double lastModification;
    private double fetchedAt;

    /** When a rule's counts are due, by its name; the interval is what its last target said. */
    private final Map<String, Schedule> schedules = new HashMap<>();

    /** @param confirmed when the service gave these rules */
    private record Known(RuleSet rules, long confirmed) {}

    private record Schedule(long due, long interval) {}

    RemoteRules(Daemon daemon, SamplingClock clock, DoubleSupplier random) {
        this.daemon = daemon;
        this.clock = clock;
        this.random = random;
        this.clientId = clientId(random);
        this.nextRules = clock.nanos();
        this.nextTargets = nextRules + TARGETS_NANOS + jitter(TARGETS_JITTER_NANOS);
    }

    /** 24 hex digits that tell this process from the others of the fleet. */
    private static String clientId(DoubleSupplier random) {
        StringBuilder id = new StringBuilder(24);
        while (id.length() < 24) {
            id.append(Character.forDigit((int) (random.getAsDouble() * 16), 16));
        }
        return id.toString();
    }

    private long jitter(long most) {
        return (long) (random.getAsDouble() * most);
    }

    /** The service's rules; null before the first ones, and where they are too old. */
    @Nullable
    RuleSet fresh() {
        Known now = known;
        return now == null || clock.nanos() - now.confirmed() > EXPIRY_NANOS ? null : now.rules();
    }

    /**
     * Does what is due. Blocks; throws nothing.
     *
     * @return nanoseconds until something will be
     */
    long poll() {
        long now = clock.nanos();
        if (now - nextRules >= 0) {
            nextRules = now + RULES_NANOS + jitter(RULES_JITTER_NANOS);
            if (!attempt("the rules cannot be fetched", this::fetchRules)) {
                nextRules = now + TARGETS_NANOS + jitter(TARGETS_JITTER_NANOS); // the daemon may be about to start
            }
        }
        if (now - nextTargets >= 0) {
            nextTargets = now + TARGETS_NANOS + jitter(TARGETS_JITTER_NANOS);
            attempt("the counts cannot be reported, they are kept for the next time", this::reportCounts);
        }
        long later = clock.nanos();
        return Math.max(0, Math.min(nextRules - later, nextTargets - later));
    }

    private interface Step {
        void take() throws IOException;
    }

    private boolean attempt(String failure, Step step) {
        try {
            step.take();
            return true;
        } catch (IOException | RuntimeException failed) {
            String inForce = fresh() == null
                    ? "the fallback (tracing.sampling.rules, else 1 per second and 5 %) decides"
                    : "the rules of the last time go on deciding, for an hour at most";
            Reporter.warn("TRC-221", "sampling: " + failure + ": no good answer of " + daemon + "; " + inForce, failed);
            return false;
        }
    }

    // --- rules -------------------------------------------------------------------------------------------------------

    private void fetchRules() throws IOException {
        double asked = clock.epochMillis() / 1000.0;
        Map<String, SamplingRule> rules = new HashMap<>();
        List<String> refused = new ArrayList<>();
        String token = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            JsonValue answer = daemon.post(
                    "/GetSamplingRules", "{\"NextToken\":" + (token == null ? "null" : Json.quote(token)) + "}");
            for (JsonValue record : answer.required("SamplingRuleRecords").elements()) {
                read(record, rules, refused);
            }
            JsonValue next = answer.member("NextToken");
            token = next == null ? "" : next.text(0, 10_000);
            if (token.isEmpty()) {
                break;
            }
        }
        if (!refused.isEmpty()) {
            Reporter.warn(
                    "TRC-222",
                    "sampling: " + refused.size()
                            + " rules of the X-Ray service are left out, for they cannot be read: " + refused.get(0));
        }
        if (rules.isEmpty()) {
            throw new IOException("the answer has no rule");
        }
        boolean first = known == null;
        fetchedAt = asked;
        known = new Known(adopt(rules.values().stream().sorted(RuleSet.ORDER).toList()), clock.nanos());
        schedules.keySet().retainAll(rules.keySet());
        if (first) {
            Reporter.info("sampling: " + rules.size() + " rules of the X-Ray service, by " + daemon);
        }
    }

    private static void read(JsonValue record, Map<String, SamplingRule> rules, List<String> refused) {
        if (rules.size() >= ServiceRules.MAX_RULES) {
            refused.add("there are more than " + ServiceRules.MAX_RULES);
            return;
        }
        try {
            SamplingRule rule = ServiceRules.read(record.required("SamplingRule"));
            rules.put(rule.name(), rule);
        } catch (IllegalArgumentException malformed) {
            refused.add(String.valueOf(malformed.getMessage()));
        }
    }

    /** Rules that are known keep their counts and quotas. */
    private RuleSet adopt(List<SamplingRule> rules) {
        Known before = known;
        Map<String, ActiveRule> old = new HashMap<>();
        if (before != null) {
            before.rules().rules().forEach(active -> old.put(active.rule.name(), active));
        }
        List<ActiveRule> active = new ArrayList<>();
        for (SamplingRule rule : rules) {
            ActiveRule same = old.get(rule.name());
            active.add(same == null ? ActiveRule.remote(rule) : same.changedTo(rule));
        }
        RuleSet now = new RuleSet(active);
        // The same object where nothing has changed: who watches it need not begin anew.
        return before != null && before.rules().equals(now) ? before.rules() : now;
    }

    // --- counts and targets ------------------------------------------------------------------------------------------

    private void reportCounts() throws IOException {
        Known now = known;
        if (now == null) {
            return;
        }
        Map<String, ActiveRule> byName = new HashMap<>();
        List<ActiveRule> due = new ArrayList<>();
        for (ActiveRule rule : now.rules().rules()) {
            byName.put(rule.rule.name(), rule);
            Schedule schedule = schedules.get(rule.rule.name());
            if (rule.budget.hasCounts() && (schedule == null || clock.nanos() - schedule.due() >= 0)) {
                due.add(rule);
            }
        }
        for (int from = 0; from < due.size(); from += REPORTED) {
            report(due.subList(from, Math.min(due.size(), from + REPORTED)), byName);
        }
    }

    private void report(List<ActiveRule> due, Map<String, ActiveRule> byName) throws IOException {
        Map<String, Budget.Counts> reported = new HashMap<>();
        StringBuilder json = new StringBuilder("{\"SamplingStatisticsDocuments\":[");
        for (ActiveRule rule : due) {
            Budget.Counts counts = rule.budget.takeCounts();
            json.append(reported.isEmpty() ? "" : ",")
                    .append("{\"RuleName\":")
                    .append(Json.quote(rule.rule.name()))
                    .append(",\"ClientID\":\"")
                    .append(clientId)
                    .append("\",\"Timestamp\":")
                    .append(Math.floorDiv(clock.epochMillis(), 1000L))
                    .append(",\"RequestCount\":")
                    .append(counts.requests())
                    .append(",\"SampledCount\":")
                    .append(counts.sampled())
                    .append(",\"BorrowCount\":")
                    .append(counts.borrowed())
                    .append('}');
            reported.put(rule.rule.name(), counts);
        }
        JsonValue answer;
        try {
            answer = daemon.post("/SamplingTargets", json.append("]}").toString());
            answer.members();
        } catch (IOException | RuntimeException failed) {
            due.forEach(rule -> putBack(rule, reported));
            throw failed;
        }
        take(answer, byName, reported);
    }

    private static void putBack(@Nullable ActiveRule rule, Map<String, Budget.Counts> reported) {
        Budget.Counts counts = rule == null ? null : reported.remove(rule.rule.name());
        if (rule != null && counts != null) {
            rule.budget.putBack(counts);
        }
    }

    private void take(JsonValue answer, Map<String, ActiveRule> byName, Map<String, Budget.Counts> reported) {
        List<String> refused = new ArrayList<>();
        for (JsonValue target : elements(answer, "SamplingTargetDocuments")) {
            try {
                take(target, byName);
            } catch (IllegalArgumentException malformed) {
                refused.add(String.valueOf(malformed.getMessage()));
            }
        }
        for (JsonValue unprocessed : elements(answer, "UnprocessedStatistics")) {
            try {
                String name = unprocessed.required("RuleName").text(0, 100);
                JsonValue code = unprocessed.member("ErrorCode");
                String error = code == null ? "" : code.text(0, 100);
                refused.add("rule " + name + ": " + error);
                if (error.startsWith("5")) {
                    putBack(byName.get(name), reported); // the service's own failure: it may go better next time
                }
            } catch (IllegalArgumentException malformed) {
                refused.add(String.valueOf(malformed.getMessage()));
            }
        }
        if (!refused.isEmpty()) {
            Reporter.warn(
                    "TRC-223",
                    "sampling: the X-Ray service did not take all counts, or its targets cannot be read: "
                            + refused.get(0) + (refused.size() > 1 ? " (and " + (refused.size() - 1) + " more)" : ""));
        }
        JsonValue modified = answer.member("LastRuleModification");
        if (modified != null && modified.value() instanceof Double time && time > lastModification) {
            // The service gives whole seconds: a change in the second of the fetch may have come after it.
            if (lastModification > 0 || time >= Math.floor(fetchedAt)) {
                nextRules = clock.nanos(); // they have changed: the next poll fetches them
            }
            lastModification = time;
        }
    }

    private static List<JsonValue> elements(JsonValue answer, String member) {
        JsonValue found = answer.member(member);
        return found == null || !found.isArray() ? List.of() : found.elements();
    }

    private void take(JsonValue target, Map<String, ActiveRule> byName) {
        ActiveRule rule = byName.get(target.required("RuleName").text(0, 100));
        if (rule == null) {
            return; // deleted meanwhile
        }
        JsonValue rate = target.member("FixedRate");
        JsonValue quota = target.member("ReservoirQuota");
        JsonValue ttl = target.member("ReservoirQuotaTTL");
        JsonValue interval = target.member("Interval");
        double fixedRate = rate == null ? -1 : rate.number(0, 1);
        int perSecond = quota == null ? -1 : quota.integer(0, Integer.MAX_VALUE);
        double until = ttl == null ? -1 : ttl.number(0, Long.MAX_VALUE);
        long seconds = interval == null ? 10 : interval.integer(1, 3_600);
        if (fixedRate >= 0) {
            rule.budget.rate(fixedRate);
        }
        if (perSecond >= 0 && until >= 0) {
            double left = (until - clock.epochMillis() / 1000.0) * 1e9;
            if (left >= 0) {
                rule.budget.quota(perSecond, clock.nanos() + (long) Math.min(left, QUOTA_NANOS));
            }
        }
        long nanos = seconds * 1_000_000_000L;
        // Half a beat early, or the jitter would make every second report miss its beat.
        schedules.put(rule.rule.name(), new Schedule(clock.nanos() + nanos - TARGETS_NANOS / 2, nanos));
    }
}
