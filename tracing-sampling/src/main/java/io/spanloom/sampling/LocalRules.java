package io.spanloom.sampling;

import io.spanloom.spi.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the X-Ray SDK's own local rules, version 1 ({@code service_name}) and 2 ({@code host}): both are matched against
 * the Host header.
 */
final class LocalRules {

    private static final Set<String> DOCUMENT = Set.of("version", "default", "rules");
    private static final Set<String> BUDGET = Set.of("description", "fixed_target", "rate");

    private LocalRules() {}

    /**
     * @return in the order of the document, the default last
     * @throws IllegalArgumentException naming the place of what is wrong
     */
    static List<SamplingRule> read(JsonValue document) {
        JsonValue version = document.members().get("version");
        if (version == null) {
            throw document.wrong("it is neither a rule of the service ('SamplingRule') nor local rules ('version')");
        }
        String host = version.integer(1, 2) == 1 ? "service_name" : "host";
        onlyMembers(document, DOCUMENT);
        List<SamplingRule> rules = new ArrayList<>();
        JsonValue listed = document.member("rules");
        if (listed != null) {
            if (listed.elements().size() > ServiceRules.MAX_RULES) {
                throw listed.wrong("there are more than " + ServiceRules.MAX_RULES + " rules");
            }
            for (JsonValue rule : listed.elements()) {
                rules.add(rule(rule, host, rules.size()));
            }
        }
        JsonValue last = document.required("default");
        for (String member : List.of("host", "service_name", "http_method", "url_path")) {
            if (last.members().containsKey(member)) {
                throw last.members().get(member).wrong("the default matches everything, and names nothing to match");
            }
        }
        onlyMembers(last, BUDGET);
        rules.add(SamplingRule.forAll("default", rules.size() + 1, rate(last), target(last)));
        return rules;
    }

    private static SamplingRule rule(JsonValue rule, String host, int index) {
        onlyMembers(rule, Set.of("description", host, "http_method", "url_path", "fixed_target", "rate"));
        return new SamplingRule(
                name(rule.member("description"), index),
                index + 1,
                rate(rule),
                target(rule),
                Glob.ANY,
                Glob.ANY,
                Glob.ANY,
                Glob.of(rule.required(host).text(0, 1_000)),
                Glob.of(rule.required("http_method").text(0, 1_000)),
                Glob.of(rule.required("url_path").text(0, 1_000)),
                Map.of());
    }

    /** These rules have no names; the name tells people which of them decided. */
    private static String name(@Nullable JsonValue description, int index) {
        String text = description == null ? "" : description.text(0, 1_000).trim();
        return text.isEmpty() ? "rules[" + index + "]" : text;
    }

    private static double rate(JsonValue rule) {
        return rule.required("rate").number(0, Double.MAX_VALUE);
    }

    private static int target(JsonValue rule) {
        return rule.required("fixed_target").integer(0, Integer.MAX_VALUE);
    }

    /** A misspelt member must not go unnoticed. */
    private static void onlyMembers(JsonValue object, Set<String> allowed) {
        object.members().forEach((name, value) -> {
            if (!allowed.contains(name)) {
                throw value.wrong("there is no such member here; allowed: "
                        + allowed.stream().sorted().collect(Collectors.joining(", ")));
            }
        });
    }
}
