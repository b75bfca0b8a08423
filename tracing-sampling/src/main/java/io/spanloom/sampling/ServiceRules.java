package io.spanloom.sampling;

import io.spanloom.spi.Glob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rules in the X-Ray service's shape; limits are those of the API's {@code SamplingRule} (2016-04-12). */
final class ServiceRules {

    /** So many rules a file may hold; an account may have far fewer. */
    static final int MAX_RULES = 1_000;

    private static final String RECORDS = "SamplingRuleRecords";
    private static final String RULE = "SamplingRule";

    private static final Set<String> MEMBERS = Set.of(
            "RuleName",
            "RuleARN",
            "ResourceARN",
            "Priority",
            "FixedRate",
            "ReservoirSize",
            "ServiceName",
            "ServiceType",
            "Host",
            "HTTPMethod",
            "URLPath",
            "Version",
            "Attributes",
            "SamplingRateBoost");

    private ServiceRules() {}

    /** Whether a document looks like rules of the service, rather than the SDK's local ones. */
    static boolean isShapeOf(JsonValue document) {
        return document.isArray()
                || document.isObject()
                        && (document.members().containsKey(RULE)
                                || document.members().containsKey(RECORDS)
                                || document.members().containsKey("RuleName"));
    }

    /**
     * Reads a file: a rule, {@code {"SamplingRule": ...}} as {@code create-sampling-rule} takes it,
     * {@code {"SamplingRuleRecords": [...]}} as {@code get-sampling-rules} answers, or an array of any of these.
     *
     * @return in the order in which they are asked; the last matches everything
     * @throws IllegalArgumentException naming the place of what is wrong
     */
    static List<SamplingRule> readFile(JsonValue document) {
        List<JsonValue> bodies = new ArrayList<>();
        bodies(document, bodies);
        if (bodies.isEmpty()) {
            throw document.wrong("it has no rule");
        }
        Map<String, SamplingRule> rules = new LinkedHashMap<>();
        for (JsonValue body : bodies) {
            for (String member : body.members().keySet()) {
                if (!MEMBERS.contains(member)) {
                    throw body.members()
                            .get(member)
                            .wrong("a rule has no such member; allowed: "
                                    + String.join(
                                            ", ", MEMBERS.stream().sorted().toList()));
                }
            }
            SamplingRule rule = read(body);
            if (rule.name().equals(SamplingRule.DEFAULT) && !rule.isForAll()) {
                throw body.wrong("the rule Default matches everything, and names nothing to match");
            }
            if (rules.put(rule.name(), rule) != null) {
                throw body.required("RuleName").wrong("there are two rules of the name " + rule.name());
            }
        }
        List<SamplingRule> ordered = new ArrayList<>(rules.values());
        if (!rules.containsKey(SamplingRule.DEFAULT)) {
            ordered.add(RuleSet.BUILT_IN);
        }
        ordered.sort(RuleSet.ORDER);
        return ordered;
    }

    private static void bodies(JsonValue document, List<JsonValue> target) {
        if (document.isArray()) {
            document.elements().forEach(element -> bodies(element, target));
        } else if (document.member(RECORDS) != null) {
            bodies(document.required(RECORDS), target);
        } else {
            JsonValue inner = document.member(RULE);
            target.add(inner != null ? inner : document);
        }
        if (target.size() > MAX_RULES) {
            throw document.wrong("there are more than " + MAX_RULES + " rules");
        }
    }

    /**
     * Reads one rule; members that are not known are ignored.
     *
     * @throws IllegalArgumentException naming the place of what is wrong
     */
    static SamplingRule read(JsonValue rule) {
        String name = rule.required("RuleName").text(1, 32);
        boolean last = name.equals(SamplingRule.DEFAULT);
        JsonValue version = rule.member("Version");
        if (version != null && version.integer(0, Integer.MAX_VALUE) != 1) {
            throw version.wrong("version 1 is known here");
        }
        JsonValue priority = last ? rule.member("Priority") : rule.required("Priority");
        return new SamplingRule(
                name,
                priority == null ? 10_000 : priority.integer(1, last ? 10_000 : 9_999),
                rule.required("FixedRate").number(0, 1),
                rule.required("ReservoirSize").integer(0, Integer.MAX_VALUE),
                glob(rule, "ServiceName", 64),
                glob(rule, "ServiceType", 64),
                glob(rule, "ResourceARN", 500),
                glob(rule, "Host", 64),
                glob(rule, "HTTPMethod", 10),
                glob(rule, "URLPath", 128),
                attributes(rule.member("Attributes")));
    }

    private static Glob glob(JsonValue rule, String member, int maximum) {
        JsonValue pattern = rule.member(member);
        return pattern == null ? Glob.ANY : Glob.of(pattern.text(0, maximum));
    }

    private static Map<String, Glob> attributes(@Nullable JsonValue attributes) {
        Map<String, Glob> globs = new LinkedHashMap<>();
        if (attributes == null) {
            return globs;
        }
        if (attributes.members().size() > 5) {
            throw attributes.wrong("it has " + attributes.members().size() + " members; allowed: 0 to 5");
        }
        attributes.members().forEach((key, value) -> {
            if (key.isEmpty() || key.length() > 32) {
                throw value.wrong("its name has " + key.length() + " characters; allowed: 1 to 32");
            }
            globs.put(key, Glob.of(value.text(1, 32)));
        });
        return globs;
    }
}
