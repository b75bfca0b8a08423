package io.spanloom.desk.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sampling rule as the service's model has it, with its limits.
 *
 * @param matching ResourceARN, ServiceName, ServiceType, Host, HTTPMethod, URLPath
 * @param boost {@code SamplingRateBoost} as it was given: the desk samples by it no more than older SDKs do
 */
record SamplingRule(
        String name,
        int priority,
        double rate,
        int reservoir,
        Map<String, String> matching,
        Map<String, @Nullable Object> attributes,
        @Nullable Map<String, @Nullable Object> boost) {
    static final String DEFAULT = "Default";

    /** Patterns and the longest that each may be. */
    private static final Map<String, Integer> PATTERNS = patterns();

    private static final int MAX_PRIORITY = 9_999;
    private static final int DEFAULT_PRIORITY = 10_000;
    private static final int MAX_ATTRIBUTES = 5;
    private static final int MAX_ATTRIBUTE_LENGTH = 32;

    private static Map<String, Integer> patterns() {
        Map<String, Integer> patterns = new LinkedHashMap<>();
        patterns.put("ResourceARN", 500);
        patterns.put("ServiceName", 64);
        patterns.put("ServiceType", 64);
        patterns.put("Host", 64);
        patterns.put("HTTPMethod", 10);
        patterns.put("URLPath", 128);
        return patterns;
    }

    /** The rule for what no other rule is for: the service's own figures, one a second and 5 %. */
    static SamplingRule byDefault() {
        Map<String, String> any = new LinkedHashMap<>();
        PATTERNS.keySet().forEach(pattern -> any.put(pattern, "*"));
        return new SamplingRule(DEFAULT, DEFAULT_PRIORITY, 0.05, 1, any, Map.of(), null);
    }

    static SamplingRule read(Request rule) throws ApiException {
        String name = rule.requiredText("RuleName", 1, 32);
        Map<String, String> matching = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> pattern : PATTERNS.entrySet()) {
            matching.put(pattern.getKey(), rule.requiredText(pattern.getKey(), 0, pattern.getValue()));
        }
        if (rule.requiredWhole("Version", 1, Integer.MAX_VALUE) != 1) {
            throw rule.invalid("Version", "is not 1, the only one there is");
        }
        return new SamplingRule(
                name,
                rule.requiredWhole("Priority", 1, MAX_PRIORITY),
                rule.requiredNumber("FixedRate", 0, 1),
                rule.requiredWhole("ReservoirSize", 0, Integer.MAX_VALUE),
                matching,
                attributes(rule),
                boost(rule));
    }

    /** This rule with what the update says differently. */
    SamplingRule updated(Request update) throws ApiException {
        Map<String, String> changed = new LinkedHashMap<>(matching);
        for (Map.Entry<String, Integer> pattern : PATTERNS.entrySet()) {
            String text = update.text(pattern.getKey(), 0, pattern.getValue());
            changed.put(pattern.getKey(), text == null ? matching.getOrDefault(pattern.getKey(), "*") : text);
        }
        Integer newPriority = update.whole("Priority", 1, name.equals(DEFAULT) ? DEFAULT_PRIORITY : MAX_PRIORITY);
        Double newRate = update.number("FixedRate", 0, 1);
        Integer newReservoir = update.whole("ReservoirSize", 0, Integer.MAX_VALUE);
        SamplingRule updated = new SamplingRule(
                name,
                newPriority == null ? priority : newPriority,
                newRate == null ? rate : newRate,
                newReservoir == null ? reservoir : newReservoir,
                changed,
                update.has("Attributes") ? attributes(update) : attributes,
                update.has("SamplingRateBoost") ? boost(update) : boost);
        boolean elsewhere = !updated.matching.equals(matching)
                || updated.priority != priority
                || !updated.attributes.equals(attributes);
        if (name.equals(DEFAULT) && elsewhere) {
            throw ApiException.invalid("of the rule Default only FixedRate and ReservoirSize can be changed");
        }
        return updated;
    }

    private static Map<String, @Nullable Object> attributes(Request rule) throws ApiException {
        Request attributes = rule.object("Attributes");
        if (attributes == null) {
            return Map.of();
        }
        if (attributes.fields().size() > MAX_ATTRIBUTES) {
            throw rule.invalid("Attributes", "has more than " + MAX_ATTRIBUTES + " entries");
        }
        for (String key : attributes.fields().keySet()) {
            if (key.isEmpty() || key.length() > MAX_ATTRIBUTE_LENGTH) {
                throw rule.invalid("Attributes", "has a key of other than 1 to 32 characters: \"" + key + "\"");
            }
            String unused = attributes.requiredText(key, 1, MAX_ATTRIBUTE_LENGTH);
        }
        return attributes.fields();
    }

    private static @Nullable Map<String, @Nullable Object> boost(Request rule) throws ApiException {
        Request boost = rule.object("SamplingRateBoost");
        if (boost == null) {
            return null;
        }
        double unusedRate = boost.requiredNumber("MaxRate", 0, 1);
        int unusedMinutes = boost.requiredWhole("CooldownWindowMinutes", 0, Integer.MAX_VALUE);
        return boost.fields();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("RuleName", name);
        json.put("RuleARN", Arns.rule(name));
        json.put("Priority", priority);
        json.put("FixedRate", rate);
        json.put("ReservoirSize", reservoir);
        json.putAll(matching);
        json.put("Version", 1);
        json.put("Attributes", attributes);
        if (boost != null) {
            json.put("SamplingRateBoost", boost);
        }
        return json;
    }
}
