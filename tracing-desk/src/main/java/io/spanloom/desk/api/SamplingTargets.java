package io.spanloom.desk.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Answers reports of sampling with quotas, and sums the reports up. */
final class SamplingTargets {
    private static final int MAX_DOCUMENTS = 25;
    private static final int CLIENT_ID_LENGTH = 24;

    private final SamplingRules rules;
    private final LongSupplier millis;
    private final Map<String, Reservoir> reservoirs = new HashMap<>();
    private final Random random = new Random();
    private final Map<String, Sums> sums = new TreeMap<>();

    SamplingTargets(SamplingRules rules, LongSupplier millis) {
        this.rules = rules;
        this.millis = millis;
    }

    synchronized Map<String, ?> get(Request request) throws ApiException {
        List<Map<String, Object>> targets = new ArrayList<>();
        List<Map<String, Object>> unprocessed = new ArrayList<>();
        if (!request.has("SamplingStatisticsDocuments")) {
            throw request.invalid("SamplingStatisticsDocuments", "is missing");
        }
        for (Request document : request.objects("SamplingStatisticsDocuments", MAX_DOCUMENTS)) {
            String name = document.requiredText("RuleName", 1, 32);
            String client = document.requiredText("ClientID", CLIENT_ID_LENGTH, CLIENT_ID_LENGTH);
            double unusedTime = document.requiredTime("Timestamp");
            int requests = document.requiredWhole("RequestCount", 0, Integer.MAX_VALUE);
            int sampled = document.requiredWhole("SampledCount", 0, Integer.MAX_VALUE);
            Integer borrowed = document.whole("BorrowCount", 0, Integer.MAX_VALUE);
            SamplingRule rule = rules.find(name);
            if (rule == null) {
                unprocessed.add(
                        Map.of("RuleName", name, "ErrorCode", "400", "Message", "there is no sampling rule " + name));
            } else {
                sums.computeIfAbsent(name, n -> new Sums()).add(requests, sampled, borrowed == null ? 0 : borrowed);
                targets.add(target(rule, client, requests));
            }
        }
        return Map.of(
                "SamplingTargetDocuments",
                targets,
                "LastRuleModification",
                rules.modified(),
                "UnprocessedStatistics",
                unprocessed,
                "UnprocessedBoostStatistics",
                List.of());
    }

    private Map<String, Object> target(SamplingRule rule, String client, int requests) {
        long now = now();
        Reservoir reservoir = reservoirs.computeIfAbsent(rule.name(), name -> new Reservoir(random));
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("RuleName", rule.name());
        target.put("FixedRate", rule.rate());
        target.put("ReservoirQuota", reservoir.quota(client, rule.reservoir(), requests, now));
        target.put("ReservoirQuotaTTL", now + Reservoir.TTL);
        target.put("Interval", Reservoir.INTERVAL);
        return target;
    }

    private long now() {
        return millis.getAsLong() / 1000;
    }

    /** Everything reported since the desk started, by rule; rules that nobody reported are absent. */
    synchronized Map<String, ?> statistics(Request request) {
        List<Map<String, Object>> summaries = new ArrayList<>();
        sums.forEach((name, sum) -> summaries.add(sum.json(name)));
        return Map.of("SamplingStatisticSummaries", summaries);
    }

    private final class Sums {
        private long requests;
        private long sampled;
        private long borrowed;
        private long time;

        void add(int moreRequests, int moreSampled, int moreBorrowed) {
            requests += moreRequests;
            sampled += moreSampled;
            borrowed += moreBorrowed;
            time = now();
        }

        /** The model has 32 bits for each count. */
        Map<String, Object> json(String name) {
            return Map.of(
                    "RuleName", name,
                    "Timestamp", time,
                    "RequestCount", Math.min(requests, Integer.MAX_VALUE),
                    "BorrowCount", Math.min(borrowed, Integer.MAX_VALUE),
                    "SampledCount", Math.min(sampled, Integer.MAX_VALUE));
        }
    }
}
