package io.spanloom.desk.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The sampling rules of the desk. The rule {@code Default} is always there. */
final class SamplingRules {
    /** Rules of an account's own (X-Ray service quotas). */
    private static final int MAX = 25;

    /** In the order in which they are tried. */
    private static final Comparator<Entry> ORDER =
            Comparator.<Entry>comparingInt(entry -> entry.rule.priority()).thenComparing(entry -> entry.rule.name());

    private final Map<String, Entry> rules = new LinkedHashMap<>();
    private final Tags tags;
    private final LongSupplier millis;
    private long modified;
    private long listed;

    SamplingRules(Tags tags, LongSupplier millis) {
        this.tags = tags;
        this.millis = millis;
        this.modified = seconds();
        rules.put(SamplingRule.DEFAULT, new Entry(SamplingRule.byDefault(), 0, modified));
    }

    private long seconds() {
        return millis.getAsLong() / 1000;
    }

    /**
     * Clients know the second alone in which they fetched the rules, and fetch them anew when those have changed later: a
     * change that follows a fetch within its second takes the next second's time, or it would not be seen for minutes.
     */
    private long modification() {
        return Math.max(seconds(), listed + 1);
    }

    synchronized Map<String, ?> create(Request request) throws ApiException {
        SamplingRule rule = SamplingRule.read(request.requiredObject("SamplingRule"));
        if (rules.containsKey(rule.name())) {
            throw ApiException.invalid("sampling rule " + rule.name() + " exists already");
        }
        if (rules.size() > MAX) {
            throw ApiException.ruleLimit("there are " + MAX + " sampling rules; the service allows no more");
        }
        Map<String, String> given = Tags.read(request);
        modified = modification();
        Entry entry = new Entry(rule, modified, modified);
        rules.put(rule.name(), entry);
        tags.created(Arns.rule(rule.name()), given);
        return record(entry);
    }

    synchronized Map<String, ?> update(Request request) throws ApiException {
        Request update = request.requiredObject("SamplingRuleUpdate");
        Entry entry = named(update);
        SamplingRule rule = entry.rule.updated(update);
        modified = modification();
        Entry updated = new Entry(rule, entry.created, modified);
        rules.put(rule.name(), updated);
        return record(updated);
    }

    synchronized Map<String, ?> delete(Request request) throws ApiException {
        Entry entry = named(request);
        if (entry.rule.name().equals(SamplingRule.DEFAULT)) {
            throw ApiException.invalid("the rule Default cannot be deleted");
        }
        rules.remove(entry.rule.name());
        tags.deleted(Arns.rule(entry.rule.name()));
        modified = modification();
        return record(entry);
    }

    synchronized Map<String, ?> list(Request request) {
        listed = seconds();
        List<Entry> ordered = new ArrayList<>(rules.values());
        ordered.sort(ORDER);
        return Map.of("SamplingRuleRecords", ordered.stream().map(Entry::json).toList());
    }

    /** Null if there is none of this name. */
    synchronized @Nullable SamplingRule find(String name) {
        Entry entry = rules.get(name);
        return entry == null ? null : entry.rule;
    }

    /** When a rule was last created, changed or deleted, epoch seconds. */
    synchronized long modified() {
        return modified;
    }

    private Entry named(Request request) throws ApiException {
        String name = request.text("RuleName", 1, 32);
        String arn = request.text("RuleARN");
        if (name == null && arn == null) {
            throw request.invalid("RuleName", "or RuleARN is missing");
        }
        for (Entry entry : rules.values()) {
            boolean same = name != null
                    ? entry.rule.name().equals(name)
                    : Arns.rule(entry.rule.name()).equals(arn);
            if (same) {
                return entry;
            }
        }
        throw ApiException.invalid("there is no sampling rule " + (name != null ? name : arn));
    }

    private static Map<String, ?> record(Entry entry) {
        return Map.of("SamplingRuleRecord", entry.json());
    }

    private record Entry(SamplingRule rule, long created, long modified) {
        Map<String, Object> json() {
            return Map.of("SamplingRule", rule.json(), "CreatedAt", created, "ModifiedAt", modified);
        }
    }
}
